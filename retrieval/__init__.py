"""Articles in, verified quotations out. Nothing here knows of Discord, the event loop or the terminal.

From the ground up; each uses those above it alone:

    article      articles, versions and passages: values
    text         sentences, terms and the words of English
    ingest       pages, files and pasted text become articles
    passages     a text is cut into passages
    asking       questions are understood
    phrases      names, dates, quantities and other words that answer
    shelf        what a guild may see, and the only way to a text; quotation: words of it, compared when they are shown
    feed         outlets' feeds, and what they announced
    archive      the truth, in SQLite
    index        BM25 over passages, derived from the archive
    library      archive and index in step; exchange and arrivals fill it by the file and by the feed
    search       the passages that may answer
    finding      in them, the sentence and the words that do
    answers      part by part, verified or refused
    summary, corrections, verification: an article in short, what changed in it, and whether it is quoted rightly
    evaluation, training: measures, and the making of the reader
"""
