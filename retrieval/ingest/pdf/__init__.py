"""PDF files: the article that is printed in one."""

from retrieval.ingest.pdf.document import Limits
from retrieval.ingest.pdf.story import read_pdf

__all__ = ["Limits", "read_pdf"]
