"""Our side: runs the release's test cells, and asks the worker for what the student wrote; its findings are marks."""
