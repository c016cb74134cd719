"""Trains a network on packed pairs, for some passes or for some seconds, and keeps the running average of its weights."""

from __future__ import annotations

import argparse
import copy
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from pairs_lessons import Batch, Lessons, veiled
from pairs_measure import measured, shown
from pairs_model import ReadingModel, Teacher, logits_of

WARM = 0.06  # of the whole, until the rate is at its highest
LossOf = Callable[[Tensor, Batch], Tensor]
AVERAGED_EVERY = 5  # steps
SHOWN_EVERY = 200  # steps
MEASURED_EVERY = 15  # seconds, at least
LATE = 0.85  # of the whole: after it nothing is measured but at the end


class Plan(NamedTuple):
    """How it is trained: seconds count where they are not 0, else passes; at most so many steps where these are not 0."""

    rate: float
    head_rate: float
    passes: int
    seconds: float
    steps: int
    size: int
    decay: float
    words: float
    linked: int
    seed: int


def options(asked: argparse.ArgumentParser, rate: float, size: int, passes: int) -> None:
    """What every training can be told."""
    asked.add_argument("--lessons", type=Path, default=Path("build/pairs/lessons.npz"))
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--rate", type=float, default=rate)
    asked.add_argument("--head-rate", type=float, default=5e-4)
    asked.add_argument("--passes", type=int, default=passes)
    asked.add_argument("--seconds", type=float, default=0, help="how long to train, instead of whole passes")
    asked.add_argument("--steps", type=int, default=0, help="how many steps at most, with --passes")
    asked.add_argument("--batch", type=int, default=size)
    asked.add_argument("--decay", type=float, default=0.98, help="of the running average, every fifth step")
    asked.add_argument("--words", type=float, default=0.02, help="how often a word is veiled")
    asked.add_argument("--linked", type=int, default=3, help="how often a linked pair of our own is shown a pass")
    asked.add_argument("--seed", type=int, default=1)


def plan_of(given: argparse.Namespace) -> Plan:
    """What was asked for."""
    first = (given.rate, given.head_rate, given.passes, given.seconds, given.steps)
    return Plan(*first, given.batch, given.decay, given.words, given.linked, given.seed)


class Clock:
    """How far the training is, from 0 to 1: by the time where that is what ends it, else by the steps."""

    def __init__(self, plan: Plan, steps_a_pass: int) -> None:
        whole = plan.passes * steps_a_pass
        self._seconds, self._steps = plan.seconds, min(plan.steps or whole, whole)
        self._began, self.step = time.time(), 0

    def far(self) -> float:
        return self.taken() / self._seconds if self._seconds else self.step / self._steps

    def taken(self) -> float:
        """Seconds since the beginning."""
        return time.time() - self._began


class Training:
    """The model, the running average of its weights, which is what is kept, and where the training is."""

    def __init__(self, model: ReadingModel | Teacher, lessons: Lessons, loss_of: LossOf, plan: Plan) -> None:
        self._model, self._lessons, self._loss_of, self._plan = model, lessons, loss_of, plan
        self.average = copy.deepcopy(model)
        heads = model.heads()
        known = {id(one) for one in heads}
        body = [one for one in model.parameters() if one.requires_grad and id(one) not in known]
        self._peaks = (plan.rate, plan.head_rate)
        groups = [{"params": some, "lr": peak} for some, peak in zip((body, heads), self._peaks, strict=True)]
        self._optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self._total = torch.zeros((), device=lessons.device)
        model.train()

    def slope(self, one: Batch) -> Tensor:
        """Works out the slopes of a batch; its loss."""
        seen = veiled(one, self._lessons.shape, self._plan.words)
        loss = self._loss_of(logits_of(self._model, seen), one)
        self._optimiser.zero_grad()
        torch.autograd.backward(loss)
        return loss.detach()

    def step(self, one: Batch, number: int, far: float) -> None:
        """Learns from one batch."""
        for group, peak in zip(self._optimiser.param_groups, self._peaks, strict=True):
            group["lr"] = peak * max(0.01, min(far / WARM, (1 - far) / (1 - WARM)))
        self._total += self.slope(one)
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        if number % AVERAGED_EVERY == 0:
            decay = min(self._plan.decay, (number + 1) / (number + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(self.average.parameters()), list(self._model.parameters()), 1 - decay)
        if number % SHOWN_EVERY == 0:
            print(f"step {number}  loss {self._total.item() / SHOWN_EVERY:.4f}  {100 * far:.0f} %", flush=True)
            self._total.zero_()


def passes(lessons: Lessons, shares: dict[str, float], plan: Plan) -> Iterator[list[Batch]]:
    """The batches of one pass after the other."""
    rng = np.random.default_rng(plan.seed)
    while True:
        drawn = lessons.drawn(shares, plan.linked, plan.size, rng)
        yield [one for rows in drawn for one in lessons.batches(rows, plan.size)]


def fit(model: ReadingModel | Teacher, lessons: Lessons, shares: dict[str, float], loss_of: LossOf, plan: Plan) -> None:
    """Trains the model, which in the end has the running average of its weights; what is measured is printed after every pass.

    Args:
        model: what is trained, on its device.
        lessons: what it is trained on.
        shares: of each set but our own, how much of it a pass has.
        loss_of: how far the logits of a batch are from what is wanted.
        plan: how it is trained.
    """
    training, given = Training(model, lessons, loss_of, plan), passes(lessons, shares, plan)
    first = next(given)
    training.slope(first[0]).item()  # what the device sets up at the first step is not counted
    clock, measured_at = Clock(plan, len(first)), 0.0
    for turn, batches in enumerate(itertools.chain([first], given), 1):
        for one in batches:
            far = clock.far()
            if far >= 1:
                break
            clock.step += 1
            training.step(one, clock.step, far)
        if clock.far() >= 1:
            break
        if clock.far() < LATE and clock.taken() > measured_at + MEASURED_EVERY:
            print(f"pass {turn}  {shown(measured(training.average, lessons))}  {clock.taken():.0f} s", flush=True)
            measured_at = clock.taken()
    print(f"{clock.step} steps in {clock.taken():.0f} s, {len(first)} a pass", flush=True)
    print(f"at the end  {shown(measured(training.average, lessons))}", flush=True)
    model.load_state_dict(training.average.state_dict())
