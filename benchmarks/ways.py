"""Eight ways to show a figure under a slider, each a function that a notebook cell calls.

All show the same: the Huber loss over the residual with a dot and the tangent in it, its slope with a dot, and above
them a slider for delta, which moves both curves, the dots and the tangent. In all ways that use Matplotlib the figure
is the same, 900 x 380 pixels, without a layout engine.
"""

import bqplot
import ipywidgets as widgets
import matplotlib.pyplot as plt
import mpl_interactions.ipyplot as iplt
import numpy as np
from IPython.display import display
from matplotlib.figure import Figure

from lossviz import explorers, huber, huber_gradient
from lossviz.controls import slider
from lossviz.explore import explore
from lossviz.screen import DESK, Screen, styled

RESIDUALS = np.linspace(-4, 4, 201)
AT = 3.0
REACH = AT + np.array([-1.0, 1.0])
LIMITS = [(-0.5, 8.5), (-3.5, 3.5)]
MOVES = {"gid": "moves", "zorder": 4}
TITLES = ["Huber loss and its tangent", "Slope of the loss"]


def loss(residual, delta):
    """Huber loss of residuals."""
    return huber(np.zeros_like(residual), residual, delta=delta)


def slope(residual, delta):
    """Slope of the Huber loss at residuals."""
    return huber_gradient(np.zeros_like(residual), residual, delta=delta)


def tangent(delta):
    """The heights of the tangent's ends."""
    return loss(AT, delta) + slope(AT, delta) * (REACH - AT)


def panels(fig):
    """Two axes, 900 x 380 pixels."""
    fig.set_size_inches(9, 3.8)
    fig.set_layout_engine("none")
    axes = [fig.add_axes((x, 0.14, 0.41, 0.77)) for x in (0.07, 0.57)]
    for ax, title, limits in zip(axes, TITLES, LIMITS, strict=True):
        ax.set(title=title, xlim=(-4.2, 4.2), ylim=limits, xlabel="residual")
    return axes


def two_panels(fig):
    """Draw what stays. Returns update, which moves five lines."""
    left, right = panels(fig)
    (losses,) = left.plot(RESIDUALS, RESIDUALS, "C0", **MOVES)
    (touching,) = left.plot(REACH, REACH, "C1--", **MOVES)
    (dot,) = left.plot([AT], [0], "C3o", **MOVES)
    (slopes,) = right.plot(RESIDUALS, RESIDUALS, "C0", **MOVES)
    (height,) = right.plot([AT], [0], "C3o", **MOVES)

    def update(delta):
        losses.set_ydata(loss(RESIDUALS, delta))
        touching.set_ydata(tangent(delta))
        dot.set_ydata([loss(AT, delta)])
        slopes.set_ydata(slope(RESIDUALS, delta))
        height.set_ydata([slope(AT, delta)])
        return f"With delta {delta:.2f} an error of 3 costs {loss(AT, delta):.3f}; the slope is {slope(AT, delta):.3f}."

    return update


def control():
    """The slider of all ways."""
    return slider("delta", 0.1, 3, start=0.1, step=0.02)


def under(delta, moved, shown):
    """Show a slider that calls `moved` with its value, above what it moves."""
    moved(delta.value)
    delta.observe(lambda change: moved(change.new), names="value")
    display(widgets.VBox([delta, shown]))


def anew(drawing, **controls):
    """A new figure for every value, as in most lessons."""

    def show(**values):
        with styled():
            drawing(plt.figure(**DESK))(**values)
            plt.show()

    widgets.interact(show, **controls)


def interact():
    """A new figure for every delta."""
    anew(two_panels, delta=control())


def interact_with(name):
    """The drawing and the controls of one of our explorers, and a new figure for every value."""
    ours = getattr(explorers, name)()
    ours.close()  # but its controls live on
    anew(ours._drawing, **ours.controls)


def ipympl_figure():
    """An empty figure of ipympl, not shown by itself."""
    plt.switch_backend("module://ipympl.backend_nbagg")
    with styled(), plt.ioff():
        return plt.figure()


def ipympl_draw_idle():
    """Artists are moved, and ipympl draws when it is ready."""
    fig = ipympl_figure()
    with styled():
        update = two_panels(fig)

    def moved(delta):
        update(delta)
        fig.canvas.draw_idle()

    under(control(), moved, fig.canvas)


def ipympl_blit():
    """Artists are moved, and drawn alone upon a background that is kept: Matplotlib's tutorial on blitting."""
    fig = ipympl_figure()
    with styled():
        update = two_panels(fig)
    moving = [line for ax in fig.axes for line in ax.lines if line.get_gid() == "moves"]
    for line in moving:
        line.set_animated(True)
    background = None

    def draw_moving():
        for line in moving:
            line.axes.draw_artist(line)

    def drawn(_):
        nonlocal background
        background = fig.canvas.copy_from_bbox(fig.bbox)
        draw_moving()

    def moved(delta):
        update(delta)
        if background is not None:
            fig.canvas.restore_region(background)
            draw_moving()
            fig.canvas.blit(fig.bbox)

    fig.canvas.mpl_connect("draw_event", drawn)
    under(control(), moved, fig.canvas)


def mpl_interactions():
    """Functions of delta are plotted, and mpl-interactions finds the slider for them."""
    fig, delta = ipympl_figure(), control()
    with styled():
        left, right = panels(fig)
        still = {"xlim": "fixed", "ylim": "fixed"}
        controls = iplt.plot(RESIDUALS, loss, "C0", ax=left, delta=delta, display_controls=False, **still)
        iplt.plot(REACH, lambda x, delta: tangent(delta), "C1--", ax=left, controls=controls, **still)
        iplt.plot([AT], lambda x, delta: [loss(AT, delta)], "C3o", ax=left, controls=controls, **still)
        iplt.plot(RESIDUALS, slope, "C0", ax=right, controls=controls, **still)
        iplt.plot([AT], lambda x, delta: [slope(AT, delta)], "C3o", ax=right, controls=controls, **still)
    display(widgets.VBox([delta, fig.canvas]))


def bqplot_marks():
    """The browser draws: marks of bqplot, of which only the heights are sent."""
    x = bqplot.LinearScale(min=-4.2, max=4.2)
    figures, marks = [], []
    for title, (low, high) in zip(TITLES, LIMITS, strict=True):
        scales = {"x": x, "y": bqplot.LinearScale(min=low, max=high)}
        line = bqplot.Lines(x=RESIDUALS, y=RESIDUALS, scales=scales)
        touching = bqplot.Lines(x=REACH, y=REACH, scales=scales, colors=["#ff7f0e"], line_style="dashed")
        dot = bqplot.Scatter(x=[AT], y=[0], scales=scales, colors=["#d62728"])
        axes = [bqplot.Axis(scale=x, label="residual"), bqplot.Axis(scale=scales["y"], orientation="vertical")]
        layout = {"width": "450px", "height": "380px"}
        marks.append([line, touching, dot])
        figures.append(bqplot.Figure(marks=marks[-1], axes=axes, title=title, layout=layout))
    (losses, touching, dot), (slopes, none, height) = marks
    none.visible = False

    def moved(delta):
        losses.y, touching.y, dot.y = loss(RESIDUALS, delta), tangent(delta), [loss(AT, delta)]
        slopes.y, height.y = slope(RESIDUALS, delta), [slope(AT, delta)]

    under(control(), moved, widgets.HBox(figures))


def text():
    """No picture at all, one number: what slider, kernel and page need by themselves."""
    words = widgets.HTML()

    def moved(delta):
        words.value = f"<p>{delta:.2f}</p>"

    under(control(), moved, words)


def core_image():
    """Our frames in the Image of ipywidgets."""
    with styled():
        fig = Figure()
        update = two_panels(fig)
        update(1.0)
        screen = Screen(fig)
    image = widgets.Image(format="png", width=900)

    def moved(delta):
        update(delta)
        image.value = screen.png()

    under(control(), moved, image)


def explorer():
    """Ours."""
    display(explore(two_panels, delta=control()))
