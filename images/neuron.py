"""A neuron, from its inputs on the left to its output on the right."""

import math

from mygrad.pictures.picture import Picture, coloured

WIDTH, HEIGHT = 496, 232
MIDDLE = 108  # the height at which sum, activation and output stand
CURVE = ((-3 + i / 8, math.tanh(-3 + i / 8)) for i in range(49))


def write(x: float, y: float, text: str, role: str = "", size: float = 15) -> str:
    """Text centred on x; in the hue of its role, or in the page's text colour."""
    colour = coloured(role) if role else ""
    style = f'text-anchor="middle" font-size="{size:g}" {colour}'
    return f'<text x="{x:g}" y="{y:g}" {style}>{text}</text>'


def circle(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {OUTLINE}/>'


def arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line whose head ends at (x2, y2).  No <marker>: its id would need to be unique."""
    length = math.hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    back_x, back_y = x2 - 9 * ux, y2 - 9 * uy
    head = [(x2, y2), (back_x - 4 * uy, back_y + 4 * ux), (back_x + 4 * uy, back_y - 4 * ux)]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in head)
    line = f'<path d="M{x1:.1f} {y1:.1f}L{back_x:.1f} {back_y:.1f}" {OUTLINE}/>'
    return f'{line}<polygon points="{corners}"/>'


OUTLINE = 'fill="none" stroke="currentColor" stroke-width="1.5"'

body = [
    # The inputs, and what each is multiplied by on its way to the sum.
    circle(28, 52, 22),
    write(28, 57, "x1", "data"),
    circle(28, 164, 22),
    write(28, 169, "x2", "data"),
    arrow(50, 58, 167, 94),
    arrow(50, 158, 167, 122),
    write(114, 62, "× w1", "data"),
    write(114, 163, "× w2", "data"),
    # The sum, with the bias from above.
    write(205, 18, "b", "data"),
    arrow(205, 26, 205, 67),
    circle(205, MIDDLE, 40),
    write(205, MIDDLE + 10, "+", size=32),
    # The activation: a small curve of tanh.
    write(271, MIDDLE - 9, "n", "data"),
    arrow(246, MIDDLE, 300, MIDDLE),
    f'<rect x="301" y="{MIDDLE - 32}" width="94" height="64" rx="8" {OUTLINE}/>',
    f'<path d="M309 {MIDDLE}H387M348 {MIDDLE - 26}V{MIDDLE + 26}" {OUTLINE} opacity="0.3"/>',
    '<polyline points="'
    + " ".join(f"{348 + 12.5 * x:.1f},{MIDDLE - 22 * y:.1f}" for x, y in CURVE)
    + f'" {OUTLINE}/>',
    # The output.
    arrow(396, MIDDLE, 446, MIDDLE),
    circle(469, MIDDLE, 22),
    write(469, MIDDLE + 5, "o", "data"),
    # What the parts are called.
    write(28, 222, "inputs"),
    write(114, 222, "weights"),
    write(205, 222, "sum and bias"),
    write(348, 222, "activation: tanh"),
    write(469, 222, "output"),
]

picture = Picture(
    "\n".join(body) + "\n",
    WIDTH,
    HEIGHT,
    "A neuron with two inputs",
    "The inputs x1 and x2 are multiplied by the weights w1 and w2. "
    "The two products and the bias b are added, which gives n. "
    "The activation function, tanh, turns n into the output o.",
)
