"""Validates the documents of a vet corpus with the JSON Schemas that datamesh makes of its CUE schemas.

    verdicts.py DATAMESH VET.jsonl

DATAMESH is the native command. Prints how many documents have cue's verdict, how many schemas are refused for having rules
that JSON Schema has no words for, and each document that differs, by cause. The validator is Python's jsonschema; patterns
are ECMA-262, which are rewritten for the package regex.
"""
import collections
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile

import regex
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend


WORD = "[0-9A-Za-z_]"
CLASS_ESCAPES = {r"\d": "0-9", r"\w": WORD[1:-1]}
ESCAPES = {
    r"\d": "[0-9]", r"\D": "[^0-9]", r"\w": WORD, r"\W": "[^" + WORD[1:],
    r"\b": f"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))",
}


def to_python(pattern):
    """`$` is the end of the text only, `\\d`, `\\w` and `\\b` are ASCII, code points are written in another way."""
    result, in_class, i = [], False, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            if code := regex.match(r"\\u\{([0-9a-fA-F]+)\}", pattern[i:]):
                result.append(f"\\U{int(code[1], 16):08x}")
                i += code.end()
                continue
            escape = pattern[i:i + 2]
            result.append(CLASS_ESCAPES.get(escape, escape) if in_class else ESCAPES.get(escape, escape))
            i += 2
            continue
        if c == "[":
            in_class = True
        elif c == "]":
            in_class = False
        result.append(r"\Z" if c == "$" and not in_class else c)
        i += 1
    return "".join(result)


def matches(pattern, text):
    return regex.search(to_python(pattern), text) is not None


def pattern_keyword(validator, pattern, instance, schema):
    if isinstance(instance, str) and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def pattern_properties(validator, patterns, instance, schema):
    if validator.is_type(instance, "object"):
        for pattern, subschema in patterns.items():
            for name, value in instance.items():
                if matches(pattern, name):
                    yield from validator.descend(value, subschema, path=name, schema_path=pattern)


def additional_properties(validator, subschema, instance, schema):
    if validator.is_type(instance, "object"):
        for name, value in instance.items():
            if name not in schema.get("properties", {}) and not any(matches(p, name) for p in schema.get("patternProperties", {})):
                yield from validator.descend(value, subschema, path=name)


Validator = extend(Draft202012Validator, {
    "pattern": pattern_keyword,
    "patternProperties": pattern_properties,
    "additionalProperties": additional_properties,
})


def unique(pairs):
    result = {}
    for name, value in pairs:
        if name in result:
            raise ValueError("a member twice")
        result[name] = value
    return result


def read(text):
    data = json.loads(text, object_pairs_hook=unique, parse_float=decimal.Decimal)
    json.dumps(data, ensure_ascii=False, default=str).encode()  # a lone surrogate is no text
    return data


def cause(case):
    messages = " ".join(error["msg"] for error in case["errors"])
    if "types int and float" in messages or "types float and int" in messages or "conflicting values 1.0 and 2.0" in messages:
        return "1 and 1.0 are one number in JSON Schema"
    if "incomplete value {" in messages:
        return "cue cannot choose between disjuncts"
    if case["valid"] and case["why"].startswith("drop"):
        return "cue needs no discriminator where only one disjunct is left"
    if "and bytes (mismatched" in messages:
        return "JSON has no bytes"
    return "names are normalised (NFC) by cue" if case["valid"] and "decomposed" in case["why"] else "other"


def export(datamesh, case):
    with tempfile.TemporaryDirectory() as folder:
        for file in case["files"]:
            path = pathlib.Path(folder, file["name"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file["src"])
        names = [file["name"] for file in case["files"]]
        inputs = ["."] if "cue.mod/module.cue" in names else names
        return subprocess.run([datamesh, "export", "--out", "jsonschema", "-e", case["def"], *inputs], cwd=folder, capture_output=True, text=True)


def main(datamesh, corpus):
    decimal.getcontext().prec = 2000
    counts, differences = collections.Counter(), collections.defaultdict(list)
    for line in open(corpus, encoding="utf-8"):
        case = json.loads(line)
        exported = export(datamesh, case)
        if exported.returncode:
            counts["refused"] += 1
            print(f"refused: {case['id']}: {exported.stderr.splitlines()[0]}")
            continue
        counts["schemas"] += 1
        validator = Validator(read(exported.stdout))
        for document in case["cases"]:
            try:
                data = read(document["data"])
            except ValueError:
                continue
            if any(error["msg"].startswith("invalid JSON") for error in document["errors"]):
                continue
            counts["documents"] += 1
            if validator.is_valid(data) == document["valid"]:
                counts["same"] += 1
            else:
                verdict = "refused" if document["valid"] else "accepted"
                differences[cause(document)].append(f"{case['id']}: {document['why']}: {verdict}")
    for reason, documents in sorted(differences.items(), key=lambda each: -len(each[1])):
        print(f"{len(documents)}: {reason}")
        if reason == "other":
            print("\n".join("  " + document for document in documents))
    print(f"{counts['schemas']} schemas, {counts['refused']} refused; {counts['same']}/{counts['documents']} documents with cue's verdict")
    return 1 if differences["other"] else 0


sys.exit(main(*sys.argv[1:]))
