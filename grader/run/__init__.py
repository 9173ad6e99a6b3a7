"""One run over a week: what is to do, threads that wait for the engine, progress, and how it ends."""
