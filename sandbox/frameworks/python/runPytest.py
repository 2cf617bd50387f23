"""pytest, as the fork server of serve.py runs it."""

import contextlib
import importlib
import importlib.metadata
import importlib.util
import os

import _pytest.assertion.rewrite  # noqa: F401
import _pytest.config
import pytest

# Plugins that would run tests elsewhere or slow them down, and the option of theirs that keeps them from it.
TAMED = {"pytest_cov": "--no-cov", "xdist": "-n0", "hypothesis": "--hypothesis-seed=0"}
OPTIONS = [
    *["-q", "--no-header", "--no-summary", "--tb=line", "-p", "no:cacheprovider", "-p", "no:randomly"],
    # What follows is imported before pytest could rewrite its assertions, of which it has none.
    *["-W", "ignore::pytest.PytestAssertRewriteWarning"],
    *[option for module, option in TAMED.items() if importlib.util.find_spec(module)],
]


def import_plugins():
    """Once in the server: pytest imports every plugin that is installed, which for hypothesis takes a second."""
    names = ["hypothesis"]
    for distribution in importlib.metadata.distributions():
        names += [entry.value.partition(":")[0] for entry in distribution.entry_points if entry.group == "pytest11"]
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException:  # Whatever is wrong with it shows again where pytest imports it.
            continue


import_plugins()


class Reporter:
    """A pytest plugin that runs the tests asked for and keeps what became of each."""

    def __init__(self, job, coverage):
        self.workspace = job["workspace"]
        self.coverage = coverage
        self.wanted = None if job["tests"] is None else set(job["tests"])
        self.ids = {}
        self.outcomes = {}
        self.load_error = None

    def id_of(self, item):
        file = os.path.relpath(str(getattr(item, "path", None) or item.fspath), self.workspace)
        return SEPARATOR.join([file.replace(os.sep, "/"), *item.nodeid.split("::")[1:]])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        self.ids = {item.nodeid: self.id_of(item) for item in items}
        if self.wanted is not None:
            items[:] = [item for item in items if self.ids[item.nodeid] in self.wanted]

    def pytest_exception_interact(self, call, report):
        if isinstance(report, pytest.CollectReport) and self.load_error is None:
            error = call.excinfo.value
            while error.__cause__ is not None:
                error = error.__cause__
            self.load_error = message_of(error)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        with self.coverage.attributed_to(self.ids.get(item.nodeid)):
            yield

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        # The first test that asks for it sets up what others use too.
        with contextlib.nullcontext() if fixturedef.scope == "function" else self.coverage.attributed_to(None):
            yield

    def pytest_runtest_logreport(self, report):
        id_ = self.ids.get(report.nodeid, report.nodeid)
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            message = crash.message if crash else str(report.longrepr)
            self.outcomes[id_] = {"id": id_, "passed": False, "message": message[:MESSAGE_LENGTH]}
        elif report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
            self.outcomes[id_] = {"id": id_, "passed": True}


def run_tests(job, coverage):
    reporter = Reporter(job, coverage)
    files = [os.path.join(job["workspace"], file) for file in job["files"]]
    code = pytest.main([*OPTIONS, *files], plugins=[reporter])
    report = {"outcomes": list(reporter.outcomes.values()), "loadError": reporter.load_error}
    # A conftest.py that cannot be imported ends the run like a wrong option does.
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR) and report["loadError"] is None:
        report["loadError"] = f"pytest ended with {code!r}."
    return report


