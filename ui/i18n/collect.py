"""Collects every text that users read, for the translators: `python -m ui.i18n.collect` renews the .ts files.

Qt's own lupdate sees `self.tr` and nothing else of ours: the engine's texts are templates in a package
that knows no Qt (`Text("...")`, titles and advice of errors), and modules of `ui.present` have a short
name for translate. So texts are collected from the syntax trees, by these rules:

- `self.tr("...")`: context is the class around it
- `_("...")`: context is what the module's own `_` gives to translate
- `translate("context", "...")`, `QT_TRANSLATE_NOOP("context", "...")`: as they say
- in `companion`: `Text("...")`, `title="..."`, and `title`, `advice` of errors, in the context "engine"
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from ui.i18n import LANGUAGES

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
TRANSLATIONS = tuple(language for language in LANGUAGES if language != "en")
ENGINE = "engine"
Entry = tuple[str, str]


def texts() -> list[Entry]:
    """Every (context, text), sorted."""
    found: set[Entry] = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        found.update(_of_window(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted((ROOT / "companion").rglob("*.py")):
        if not path.name.endswith("_pb2.py"):
            found.update(_of_engine(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _of_window(tree: ast.Module) -> Iterator[Entry]:
    short = _context_of_short_name(tree)
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for each in classes:
        for call in _calls(each):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "tr" and (text := _string(call, 0)):
                yield each.name, text
    for call in _calls(tree):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name == "_" and short and (text := _string(call, 0)):
            yield short, text
        elif name in ("translate", "QT_TRANSLATE_NOOP"):
            context, text = _string(call, 0), _string(call, 1)
            if context and text:
                yield context, text


def _of_engine(tree: ast.Module) -> Iterator[Entry]:
    for call in _calls(tree):
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "Text" and (text := _string(call, 0)):
            yield ENGINE, text
        for keyword in call.keywords:
            if keyword.arg == "title" and isinstance(keyword.value, ast.Constant) and keyword.value.value:
                yield ENGINE, str(keyword.value.value)
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef):
            for line in each.body:
                value: ast.expr | None
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    name, value = line.targets[0].id, line.value
                elif isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    name, value = line.target.id, line.value
                else:
                    continue
                if name in ("title", "advice") and isinstance(value, ast.Constant) and value.value:
                    yield ENGINE, str(value.value)


def _context_of_short_name(tree: ast.Module) -> str:
    """The context of the module's `_`, or ""."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "_":
            for call in _calls(node):
                if text := _string(call, 0):
                    return text
    return ""


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _string(call: ast.Call, place: int) -> str:
    argument = call.args[place] if place < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else ""


def translations(language: str) -> dict[Entry, str]:
    """What is translated already."""
    file = HERE / f"companion_{language}.ts"
    if not file.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in ET.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


def renew(language: str) -> int:
    """Write the .ts file with what is translated kept, and the .qm file. Returns how many are missing."""
    before = translations(language)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    missing = 0
    parts: dict[str, ET.Element] = {}
    for context, text in texts():
        if context not in parts:
            parts[context] = ET.SubElement(root, "context")
            ET.SubElement(parts[context], "name").text = context
        message = ET.SubElement(parts[context], "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        translation.text = before.get((context, text), "")
        if not translation.text:
            translation.set("type", "unfinished")
            missing += 1
    ET.indent(root, " ")
    file = HERE / f"companion_{language}.ts"
    body = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", file, "-qm", file.with_suffix(".qm")], check=True)
    return missing


if __name__ == "__main__":
    for each in TRANSLATIONS:
        print(f"{each}: {renew(each)} texts are not translated yet")
