"""A layer: every input goes to every neuron, and no neuron to its neighbours."""

from mygrad.pictures.picture import Picture, coloured

WIDTH, HEIGHT = 496, 322
INPUTS = [("x1", 60.0), ("x2", 144.0), ("x3", 228.0)]
NEURONS = [("o1", 32.0), ("o2", 106.0), ("o3", 180.0), ("o4", 254.0)]
LEFT, MIDDLE, RIGHT = 40, 256, 456  # where inputs, neurons and outputs stand
RADIUS = 22
OUTLINE = 'fill="none" stroke="currentColor" stroke-width="1.5"'


def write(x: float, y: float, text: str, role: str = "", size: float = 15) -> str:
    """Text centred on x; in the hue of its role, or in the page's text colour."""
    colour = coloured(role) if role else ""
    style = f'text-anchor="middle" font-size="{size:g}" {colour}'
    return f'<text x="{x:g}" y="{y:g}" {style}>{text}</text>'


def circle(x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{RADIUS}" {OUTLINE}/>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """From one circle's edge towards the next one's."""
    share = (RADIUS + 1) / ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = share * (x2 - x1), share * (y2 - y1)
    ends = f"M{x1 + dx:.1f} {y1 + dy:.1f}L{x2 - dx:.1f} {y2 - dy:.1f}"
    return f'<path d="{ends}" {OUTLINE}/>'


body = []
for name, y in INPUTS:
    body += [circle(LEFT, y), write(LEFT, y + 5, name, "data")]
    body += [line(LEFT, y, MIDDLE, neuron_y) for _, neuron_y in NEURONS]
for name, y in NEURONS:
    body += [circle(MIDDLE, y), write(MIDDLE, y + 8, "+", size=24)]
    body += [line(MIDDLE, y, RIGHT, y), circle(RIGHT, y), write(RIGHT, y + 5, name, "data")]
    body.append(write((MIDDLE + RIGHT) / 2, y - 7, "tanh"))
body += [
    write(LEFT, 312, "inputs"),
    write((LEFT + MIDDLE) / 2, 312, "12 weights"),
    write(MIDDLE, 312, "4 neurons"),
    write(RIGHT, 312, "outputs"),
]

picture = Picture(
    "\n".join(body) + "\n",
    WIDTH,
    HEIGHT,
    "A layer of four neurons",
    "Three inputs, x1 to x3, on the left. A line goes from each of them to each of four neurons. "
    "No line joins two neurons. Each neuron gives one output through tanh: o1 to o4.",
)
