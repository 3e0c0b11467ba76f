"""Rows on standard input, the answers of a published assertion engine on standard output.

    python peer.py medspacy|negspacy < rows.ndjson > answers.ndjson

A row is {"text": …, "spans": [[start, end], …]} with spans in characters; its answer
{"marks": [{"negated": …, "historical": …, "hypothetical": …, "uncertain": …, "family": …}, …], "seconds": …},
one mark a span, false where the engine has no such class. The time is that of the whole pipe for one row.
"""
import json
import sys
import time

import spacy

CLASSES = ("negated", "historical", "hypothetical", "uncertain", "family")


def medspacy_engine():
    from loguru import logger

    logger.remove()  # its sentence splitter logs every token, which would be timed
    import medspacy  # noqa: F401 registers the components

    nlp = spacy.blank("en")
    split = nlp.add_pipe("medspacy_pyrush")
    context = nlp.add_pipe("medspacy_context")

    def run(doc, spans):
        doc = split(doc)
        doc.ents = spans
        doc = context(doc)
        return [{name: bool(getattr(ent._, f"is_{name}")) for name in CLASSES} for ent in doc.ents]

    return nlp, run


def negspacy_engine():
    import negspacy.negation  # noqa: F401 registers the component

    nlp = spacy.blank("en")
    split = nlp.add_pipe("sentencizer")
    negex = nlp.add_pipe("negex", config={"ent_types": ["FINDING"]})

    def run(doc, spans):
        doc = split(doc)
        doc.ents = spans
        doc = negex(doc)
        return [{name: name == "negated" and bool(ent._.negex) for name in CLASSES} for ent in doc.ents]

    return nlp, run


def main():
    nlp, run = {"medspacy": medspacy_engine, "negspacy": negspacy_engine}[sys.argv[1]]()
    for line in sys.stdin:
        row = json.loads(line)
        began = time.perf_counter()
        doc = nlp.make_doc(row["text"])
        spans = [
            doc.char_span(start, end, label="FINDING", alignment_mode="expand") for start, end in row["spans"]
        ]
        marks = run(doc, spans)
        answer = {"marks": marks, "seconds": time.perf_counter() - began}
        sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
