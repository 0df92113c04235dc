"""The results as files for other programs: JUnit XML and CSV."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

from companion.lab.results import Ending, LabRun, Results
from companion.model import Step
from companion.plain_text import plain

# What a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


def junit(results: Results) -> str:
    """JUnit XML: the session is a test suite, each run a test case."""
    suite = ElementTree.Element(
        "testsuite",
        {
            "name": plain(results.scenario),
            "tests": str(len(results.runs)),
            "failures": str(results.count(Ending.FAILED)),
            "errors": "0",
            "skipped": str(results.count(Ending.STOPPED)),
            "time": f"{results.seconds:.3f}",
        },
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("seed", results.seed), ("at-a-time", results.at_a_time)):
        ElementTree.SubElement(properties, "property", {"name": name, "value": str(value)})
    for run in results.runs:
        _case(suite, run)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def table(results: Results) -> str:
    """CSV: a line a run, its steps in seconds."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(
        ("number", "device", "protocol", "outcome", "code", "failed step", "seconds", *Step, "run")
    )
    for run in results.runs:
        steps = dict(run.steps)
        writer.writerow(
            (
                run.number,
                _harmless(run.device),
                run.protocol,
                run.ending.value,
                run.code,
                run.failed_step or "",
                f"{run.seconds:.3f}",
                *(f"{steps[step]:.3f}" if step in steps else "" for step in Step),
                run.run,
            )
        )
    return output.getvalue()


def _case(suite: ElementTree.Element, run: LabRun) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        {
            "classname": f"companion.lab.{plain(run.protocol)}",
            "name": f"run {run.number}: {plain(run.device)}",
            "time": f"{run.seconds:.3f}",
        },
    )
    if run.ending is Ending.FAILED:
        where = f" in {run.failed_step}" if run.failed_step else ""
        ElementTree.SubElement(
            case, "failure", {"type": run.code, "message": f"{plain(run.title)}{where} ({run.code})"}
        )
    elif run.ending is Ending.STOPPED:
        ElementTree.SubElement(case, "skipped", {"message": "stopped"})
    output = ElementTree.SubElement(case, "system-out")
    lines = [f"{step.value}: {seconds:.3f} s" for step, seconds in run.steps]
    output.text = "\n".join((f"run {run.run}", *lines))


def _harmless(text: str) -> str:
    """Text that no spreadsheet computes."""
    shown = plain(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
