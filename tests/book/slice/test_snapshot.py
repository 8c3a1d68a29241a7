"""What names lead to, and what is seen to change: each way in which an object can hold another."""

import random
import types
from collections import Counter, deque
from functools import partial

import pytest

from mygrad import Value
from mygrad.book.slice.snapshot import Snapshot, bindings


class Slots:
    __slots__ = ("x", "y")


class Plain:
    def held(self):
        return self.x


def with_attribute(kind, value):
    thing = kind()
    thing.x = value
    return thing


def closure(value):
    return lambda: value


box = [0]  # what everything here holds
HOLDERS = {
    "list": [box],
    "tuple": (box,),
    "dict": {"a": box},
    "deque": deque([box]),
    "attribute": with_attribute(Plain, box),
    "slot": with_attribute(Slots, box),
    "closure": closure(box),
    "default": lambda a=box: a,
    "keyword default": lambda *, a=box: a,
    "method": box.append,
    "method of ours": with_attribute(Plain, box).held,
    "property": property(closure(box)),
    "partial": partial(len, box),
    "iterator": iter([box]),
    "generator": (x for x in [box]),
    "zip": zip([box]),
    "deep": {"a": [with_attribute(Plain, (closure(box),))]},
}


@pytest.mark.parametrize("name", HOLDERS)
def test_a_name_leads_to_what_its_object_holds(name):
    namespace = {"holder": HOLDERS[name], "other": [1]}
    before = Snapshot(namespace, namespace)
    box.append(0)
    after = Snapshot(namespace, namespace)

    assert after.names_leading_to(after.changed_since(before) & {id(box)}) == {"holder"}


def test_a_function_may_wait_for_a_name_that_has_no_value_yet():
    """Its cell is empty until then."""

    def outer():
        def inner():
            return late, box

        yield inner
        late = box
        yield inner

    steps = outer()
    namespace = {"f": next(steps)}
    before = Snapshot(namespace, namespace)
    next(steps)
    after = Snapshot(namespace, namespace)

    assert after.changed_since(before) == {id(namespace["f"])}


def change_list():
    a = [1]
    yield a
    a[0] = 1.0  # equal, and yet another thing to print


def change_dict_order():
    a = {"x": 1, "y": 2}
    yield a
    a["x"] = a.pop("x")


def change_counter():
    a = Counter("a")
    yield a
    a["b"] += 1


def change_set():
    a = {1}
    yield a
    a.add(2)


def change_slot():
    a = Slots()
    yield a
    a.y = None


def change_gradient():
    a = Value(2.0)
    yield a
    a.grad = -0.0


def change_random_numbers():
    a = random.Random(1)
    yield a
    a.random()


def change_array():
    a = pytest.importorskip("numpy").zeros(2)
    yield a
    a[1] = 1e-300


def change_tensor_gradient():
    torch = pytest.importorskip("torch")
    a = torch.tensor(1.0, requires_grad=True)
    yield a
    (a * a).backward()


@pytest.mark.parametrize(
    "change", [c for name, c in list(globals().items()) if name.startswith("change_")]
)
def test_a_change_is_seen(change):
    steps = change()
    namespace = {"a": next(steps)}
    before = Snapshot(namespace, ["a"])
    assert Snapshot(namespace, ["a"]).changed_since(before) == set()

    list(steps)
    assert Snapshot(namespace, ["a"]).changed_since(before) == {id(namespace["a"])}


def test_a_look_follows_the_names_that_functions_use():
    namespace = {"__name__": "__main__"}
    exec(
        "k = [1]\ndef f():\n    return [k for _ in 'ab']\nclass A:\n    def g(self): f()", namespace
    )
    namespace["a"] = namespace["A"]()

    assert Snapshot(namespace, ["a"]).names >= {"a", "f", "k"}


def test_a_look_at_a_long_chain_does_not_recurse():
    y = Value(1.0)
    for _ in range(5000):
        y = y + 1.0

    assert len(Snapshot({"y": y}, ["y"]).states) > 5000


def test_a_look_leaves_no_trace():
    """A class is as it was, and nothing is kept alive."""
    before = set(vars(Plain)), set(vars(Slots))
    Snapshot({"a": Plain(), "b": Slots()}, ["a", "b"])

    assert (set(vars(Plain)), set(vars(Slots))) == before


def test_a_module_of_a_kind_of_its_own_is_not_looked_into():
    """As PyTorch has some: a module is a world of its own."""

    class Kind(types.ModuleType):
        pass

    module = Kind("module")
    module.held = [1]

    assert Snapshot({"m": module}, ["m"]).states == {id(module): []}


def test_names_of_the_machinery_are_not_the_pages():
    assert bindings({"__name__": "__main__", "a": 1}) == {"a": (int, 1)}
