"""What a judge reads in DOT text, by regular expressions, and in SVG, by Python's XML parser."""

import re
import xml.etree.ElementTree as ET


def dot_nodes(source):
    """Name: (label as written, other attributes), of every node in DOT text."""
    rows = re.findall(r'^\t(\w+) \[label=("(?:[^"\\]|\\.)*"|\S+) ?(.*)\]$', source, re.MULTILINE)
    return {name: (label.strip('"'), rest) for name, label, rest in rows}


def dot_edges(source):
    """(from, to, label) of every edge in DOT text."""
    return re.findall(r'^\t(\w+) -> (\w+)(?: \[label="(.*)"\])?$', source, re.MULTILINE)


def elements(picture, tag):
    return ET.fromstring(picture).iter(f"{{http://www.w3.org/2000/svg}}{tag}")


def groups(picture, kind):
    return [g for g in elements(picture, "g") if g.get("class") == kind]


def children(element, *tags):
    return [child for child in element.iter() if child.tag.split("}")[1] in tags]


def texts(element):
    return [text.text or "" for text in children(element, "text")]


def svg_boxes(picture):
    """The texts in each box, box by box."""
    return [texts(g) for g in groups(picture, "node") if children(g, "polygon", "rect")]


def svg_ovals(picture):
    return [texts(g)[0] for g in groups(picture, "node") if children(g, "ellipse")]


def numbers(text):
    return [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?", text)]


def spans(picture):
    """Where each shape with text lies: its first text, and its extent in x and y."""
    found = {}
    for g in groups(picture, "node"):
        for shape in children(g, "polygon"):
            points = numbers(shape.get("points"))
            found[texts(g)[0]] = (points[0::2], points[1::2])
    return found


def visible(label):
    """What a reader must see: the label itself, with a mark for what XML can't hold."""
    marked = [
        "\ufffd" if c in "\x00\x1b\x7f\x85\ud800\ufffe" else " " if c == "\t" else c for c in label
    ]
    return "".join(marked)
