"""Small messages leave the server at once, and do not wait for the acknowledgement of the one before.

    python -m jupyterlab --ServerApp.kernel_websocket_connection_class=lossviz.prompt.Prompt

A slider's move is answered by several small messages in a row. By default TCP holds the second of them back until the
first is acknowledged, up to 40 ms later (Nagle's algorithm, RFC 896), so that the picture comes late.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class Prompt(ZMQChannelsWebsocketConnection):
    """The connection of Jupyter Server from page to kernel, without that delay."""

    def connect(self):
        """Connect, with the socket set to send at once."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
