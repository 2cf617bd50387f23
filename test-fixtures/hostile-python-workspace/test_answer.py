from answer import answer


def test_answers():
    assert answer() == 42


def test_answers_again():
    assert answer() + 1 == 43
