"""Turn jobs into verdicts with warm sandboxed processes."""

from .engine import Engine, Options
from .examination import EngineFault

__all__ = ["Engine", "EngineFault", "Options"]
