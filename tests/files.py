"""Files to be found, and the names they are found by."""

from etl.extract.listing import find_sources


def write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def paths(*arguments):
    return [found.path for found in find_sources([str(argument) for argument in arguments])]
