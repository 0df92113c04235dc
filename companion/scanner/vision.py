"""cv2, made quiet: import it from here."""

from __future__ import annotations

import cv2

# A worker thread decodes: more threads would only heat the machine between two frames.
cv2.setNumThreads(1)
# cv2 writes its complaints to standard error; ours are exceptions.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
