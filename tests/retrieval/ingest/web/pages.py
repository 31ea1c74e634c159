"""Small pages to read, in the words of a made-up harbour town."""

FIRST = "Kestria has rejected a British plan for joint harbour patrols, its government said on Thursday."
SECOND = "The plan, which was first proposed in May, would have put forty British officers on the quays of Velm."
THIRD = "Britain's transport minister, Anna Reed, said that she was disappointed but would keep talking."
STORY = (FIRST, SECOND, THIRD)
STORY_GOES_ON = (
    "The officers are to stay in Harrowgate, where they have waited since June.",
    "A vote in Kestria's parliament, for which the opposition had asked, was put off.",
)
URL = "https://www.sentinel.example/world/kestria-patrols"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def html(body: str, head: str = "") -> str:
    """A page around a body, with a headline in its title."""
    return (
        f"<!DOCTYPE html><html><head><title>Kestria rejects patrols</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a></nav>{body}</body></html>"
    )


def page(*lines: str, head: str = "") -> bytes:
    """A page whose article has these lines, in markup or without."""
    marked = (line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return html(f"<article>{''.join(marked)}</article>", head).encode()


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'
