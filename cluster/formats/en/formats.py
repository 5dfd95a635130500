from cluster.formats.vi.formats import *  # noqa: F403  the same days in both languages
