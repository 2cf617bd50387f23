import unittest

from bank.account import Account, Overdrawn, transfer

from .accounts import poor, rich


class DepositTest(unittest.TestCase):
    def setUp(self):
        self.account = poor()

    def test_adds(self):
        self.assertEqual(self.account.deposit(99), 100)
        self.assertEqual(self.account.history, [99])

    def test_refuses_nothing(self):
        with self.assertRaises(ValueError):
            self.account.deposit(0)


class WithdrawTest(unittest.TestCase):
    def test_takes(self):
        account = rich()
        self.assertEqual(account.withdraw(400_000), 600_000)
        self.assertEqual(account.history, [-400_000])

    def test_overdrawn(self):
        with self.assertRaisesRegex(Overdrawn, "2 is more than 1"):
            poor().withdraw(2)


class NumberTest(unittest.TestCase):
    def test_valid(self):
        for text in ("12000003", "99999993"):
            with self.subTest(text):
                self.assertTrue(Account.is_number(text))

    def test_invalid(self):
        for text in ("1200000", "12000004", "abcdefgh"):
            with self.subTest(text):
                self.assertFalse(Account.is_number(text))


class TransferTest(unittest.TestCase):
    def test_moves(self):
        source, target = rich(), poor()
        transfer(source, target, 999)
        self.assertEqual((source.balance, target.balance), (999_001, 1000))

    def test_leaves_both_as_they_were(self):
        source, target = poor(), rich()
        with self.assertRaises(Overdrawn):
            transfer(source, target, 5)
        self.assertEqual((source.balance, target.balance), (1, 1_000_000))
