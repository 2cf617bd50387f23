"""Accounts to test with."""

from bank.account import Account


def rich() -> Account:
    return Account(1_000_000)


def poor() -> Account:
    return Account(1)
