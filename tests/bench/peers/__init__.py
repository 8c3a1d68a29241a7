"""The engines that are measured, each with the same workloads: see `scalars.py`.

A workload of a peer is prepared by its method, which returns two functions: `run`, which is timed
and returns what it ends with, and `numbers`, which reads from that what all engines must agree on.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass
class Peer:
    """Where an engine is found: its class, and the distribution whose version the page names."""

    path: str
    distribution: str
    in_arrays: bool = False

    def load(self) -> Any:
        module, name = self.path.split(":")
        return getattr(import_module(f"peers.{module}"), name)()


PEERS = {
    "mygrad": Peer("with_mygrad:Mygrad", "mygrad-tutorial"),
    "mygrad without dot": Peer("with_mygrad:MygradWithoutDot", "mygrad-tutorial"),
    "micrograd": Peer("with_micrograd:Micrograd", "micrograd"),
    "as microgpt": Peer("with_microgpt:InTheMannerOfMicrogpt", "mygrad-tutorial"),
    "PyTorch scalars": Peer("with_torch:TorchScalars", "torch"),
    "PyTorch vectorised": Peer("with_torch:TorchVectors", "torch", in_arrays=True),
    "autograd scalars": Peer("with_autograd:AutogradScalars", "autograd"),
    "autograd vectorised": Peer("with_autograd:AutogradVectors", "autograd", in_arrays=True),
}
