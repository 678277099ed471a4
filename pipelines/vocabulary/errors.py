"""The one exception tree of the project.

Each class says at which height it is meant to be caught: a ``DocumentError`` costs one
document, a ``LayoutError`` or ``IncompleteListError`` one list, a ``BlockedError`` one portal,
a ``UsageError`` the whole run before its first request.
"""

from __future__ import annotations

from collections.abc import Sequence


class CountyReportsError(Exception):
    """Root of everything this project raises on purpose."""


class UsageError(CountyReportsError):
    """The user asked for something that does not exist; one clear line, exit code 2.

    ``candidates`` are the nearest valid choices, best first.
    """

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        self.candidates = tuple(candidates)
        hint = f" (did you mean: {', '.join(self.candidates)}?)" if self.candidates else ""
        super().__init__(message + hint)


class RegistryError(UsageError):
    """A registry file is missing or wrong; the message names file and line."""


class StoreError(CountyReportsError):
    """The output folder cannot be read or written; nothing that was there is lost."""


class CodedError(CountyReportsError):
    """An error that becomes a line of problems.jsonl: ``code`` is one of ``problems.CODES``."""

    def __init__(self, code: str, message: str, *, evidence: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.evidence = evidence or message

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process with code and evidence."""
        return (_rebuild, (type(self), self.code, str(self), self.evidence))


def _rebuild(cls: type[CodedError], code: str, message: str, evidence: str) -> CodedError:
    return cls(code, message, evidence=evidence)


class DocumentError(CodedError):
    """These bytes cannot be read as a document (codes ``document/…``)."""


class LayoutError(CodedError):
    """A page of a known family does not have the parts it must have (codes ``list/…``)."""


class IncompleteListError(CodedError):
    """A list ended before its declared total (codes ``list/…``)."""


class BlockedError(CodedError):
    """The portal declines programs: a challenge, a refusal, a gateway (codes ``blocked/…``)."""
