"""unittest, as the fork server of serve.py runs it."""

import asyncio  # noqa: F401
import importlib
import os
import sys
import unittest
import unittest.mock  # noqa: F401


class Result(unittest.TestResult):
    """Keeps what became of each test; skipped ones and expected failures are left out."""

    def __init__(self, ids, coverage):
        super().__init__()
        self.ids = ids
        self.coverage = coverage
        self.outcomes = {}

    def startTest(self, test):
        super().startTest(test)
        self.attribution = self.coverage.attributed_to(self.ids.get(test.id()))
        self.attribution.__enter__()

    def stopTest(self, test):
        self.attribution.__exit__(None, None, None)
        super().stopTest(test)

    def keep(self, test, error=None):
        outcome = {"id": self.ids[test.id()], "passed": error is None}
        if error is not None:
            outcome["message"] = message_of(error[1])
        self.outcomes[test.id()] = outcome

    def addSuccess(self, test):
        if test.id() in self.ids:
            self.keep(test)

    def addError(self, test, err):
        # A class's or module's own set-up reports under a name that is no test's.
        for id_ in [test.id()] if test.id() in self.ids else self.ids:
            self.outcomes[id_] = {"id": self.ids[id_], "passed": False, "message": message_of(err[1])}

    addFailure = addError

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.keep(test, err)


def module_of(path):
    """Name of a test module, its topmost package being put on the search path, as `unittest discover` does."""
    folder, name = os.path.split(path)
    names = [os.path.splitext(name)[0]]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        names.insert(0, package)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return ".".join(names)


def tests_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_of(test)
        else:
            yield test


def run_tests(job, coverage):
    wanted = None if job["tests"] is None else set(job["tests"])
    load_error = None
    ids = {}
    suite = unittest.TestSuite()
    for file in job["files"]:
        name = module_of(os.path.join(job["workspace"], file))
        try:
            module = importlib.import_module(name)
        except BaseException as error:
            load_error = load_error or message_of(error)
            continue
        for test in tests_of(unittest.defaultTestLoader.loadTestsFromModule(module)):
            parts = test.id().split(".")[-2:]
            id_ = SEPARATOR.join([file, *parts])
            if wanted is None or id_ in wanted:
                ids[test.id()] = id_
                suite.addTest(test)
    result = Result(ids, coverage)
    suite.run(result)
    return {"outcomes": list(result.outcomes.values()), "loadError": load_error}


