"""Accounts hold whole cents."""


class Overdrawn(Exception):
    """There is not enough in an account."""


class Account:
    def __init__(self, balance: int = 0) -> None:
        self.balance = balance
        self.history: list[int] = []

    def deposit(self, cents: int) -> int:
        """Adds money; returns the new balance."""
        if cents <= 0:
            raise ValueError("Nothing to deposit.")
        self.balance += cents
        self.history.append(cents)
        return self.balance

    def withdraw(self, cents: int) -> int:
        """Takes money out; returns the new balance."""
        if cents > self.balance:
            raise Overdrawn(f"{cents} is more than {self.balance}.")
        self.balance -= cents
        self.history.append(-cents)
        return self.balance

    @staticmethod
    def is_number(text: str) -> bool:
        """Account numbers have eight digits, of which the last is the sum of the others."""
        if len(text) != 8 or not text.isdigit():
            return False
        digits = [int(digit) for digit in text]
        return sum(digits[:-1]) % 10 == digits[-1]


def transfer(source: Account, target: Account, cents: int) -> None:
    """Moves money from one account to another, or leaves both as they were."""
    source.withdraw(cents)
    target.deposit(cents)
