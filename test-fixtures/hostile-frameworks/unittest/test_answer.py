import unittest

from answer import answer


class AnswerTest(unittest.TestCase):
    def test_answers(self):
        self.assertEqual(answer(), 42)

    def test_answers_again(self):
        self.assertEqual(answer() + 1, 43)
