"""The losses: likelihoods checked by plain enumeration."""

import itertools

import pytest

torch = pytest.importorskip("torch")

from training import network  # noqa: E402


def test_the_chain_loss_is_the_likelihood_among_all_sequences() -> None:
    torch.manual_seed(1)
    scores, moves = torch.randn(1, 4, 1, 3), torch.randn(1, 3, 3)
    moves[:, 0, 2] = network.FORBIDDEN
    mask = torch.tensor([[1.0, 1.0, 1.0, 0.0]])
    weight = {}
    for tags in itertools.product(range(3), repeat=3):
        if tags[0] != 2:
            total = sum(scores[0, t, 0, tag] for t, tag in enumerate(tags))
            weight[tags] = total + sum(moves[0, a, b] for a, b in itertools.pairwise(tags))
    norm = torch.logsumexp(torch.stack(list(weight.values())), 0)
    gold = torch.tensor([[[1], [2], [0], [0]]])
    loss = network.chain_loss(scores, gold, mask, moves)
    assert float(loss) == pytest.approx(float(norm - weight[(1, 2, 0)]), abs=1e-4)


@pytest.mark.parametrize("gold", [(0, 2), (1, 1), None])
def test_the_span_loss_is_the_likelihood_among_all_spans_and_none(gold: tuple[int, int] | None) -> None:
    torch.manual_seed(2)
    start, end, inside, none = torch.randn(4), torch.randn(4), torch.randn(4), torch.tensor(0.3)
    weight = {(i, j): start[i] + end[j] + inside[i : j + 1].sum() for i in range(3) for j in range(i, 3)}
    norm = torch.logsumexp(torch.stack([none, *weight.values()]), 0)
    target = torch.tensor([list(gold) if gold else [-1, -1]])
    loss = network.span_loss(
        start[None], end[None], inside[None],
        mask=torch.tensor([[1.0, 1.0, 1.0, 0.0]]), gold=target, none=none[None],
    )  # fmt: skip
    assert float(loss) == pytest.approx(float(norm - (weight[gold] if gold else none)), abs=1e-3)


def test_a_cue_s_distance_counts_from_its_nearer_end() -> None:
    reach = network.REACH
    distance = torch.arange(2.0 * reach + 1).expand(network.CHANNELS, -1)
    flat = torch.zeros(1, 5, network.CHANNELS * network.KEY)
    s = network.span_scores(
        torch.zeros(1, network.CHANNELS * network.KEY), flat, torch.zeros(1, 5, network.CHANNELS), distance,
        rows=torch.tensor([0]), at=torch.tensor([1]), end=torch.tensor([3]),
    )  # fmt: skip
    assert (s[0, 0] - reach).tolist() == [-1, 0, 0, 1, 2]


def test_pooling_is_the_mean_over_each_span() -> None:
    states = torch.arange(12.0).reshape(2, 3, 2)
    assert network.pooled(states, [(0, 0, 2), (1, 2, 3)]).tolist() == [[1.0, 2.0], [10.0, 11.0]]


def test_what_fills_a_role_is_scored_by_word_and_distance_from_the_evidence() -> None:
    reach = network.REACH
    nearness = torch.arange(2.0 * reach + 1)[None]
    odds = network.role_scores(
        torch.ones(1, 2), torch.full((1, 4, 2), 0.5), torch.tensor([-4.0]), nearness,
        at=torch.tensor([1]), end=torch.tensor([3]),
    )  # fmt: skip
    assert (odds[0] - reach + 4 - 1).tolist() == [-1, 0, 0, 1]
