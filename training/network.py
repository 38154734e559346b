"""The network: a small transformer with heads for attribution, evidence, marks, small classes and roles.

The transformer is MiniLM-L6 (384 wide, uncased) with embeddings for capitals and line ends added. A
cue is a tag sequence; source and content are each one span chosen for a given cue, scored by start,
end and every word between, and normalised over all spans of the window. Evidence is one tag sequence
for each kind of claim, under a linear chain, and so are mentions of actors, places, dates and
quantities. The small classes are word votes averaged over evidence. For each role of a claim every word
has the log odds that it belongs to who or what fills it. A last head tells how a word was written
where the capitals of a text are lost.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from trucewatch.annotations.chunks import GAPS, SHAPES
from trucewatch.annotations.labels import CASES, CLASSES, REACH, ROLES, SEQUENCES

WIDE, LAYERS, HEADS, INNER = 384, 6, 12, 1536
KEY = 64
LINK = 48
CHANNELS = 6  # start, end and inside, for source and for content
FORBIDDEN = -1e4
O, B, I = 0, 1, 2  # noqa: E741


class Layer(nn.Module):
    """One transformer layer, with the names of BERT's weights."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDE, WIDE) for _ in range(3))
        self.attended = nn.Linear(WIDE, WIDE)
        self.norm1, self.norm2 = nn.LayerNorm(WIDE, eps=1e-12), nn.LayerNorm(WIDE, eps=1e-12)
        self.up, self.down = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """One step; ``mask`` is added to the attention scores."""
        q, k, v = (
            f(x).unflatten(-1, (HEADS, WIDE // HEADS)).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.dropout(self.attended(y.transpose(1, 2).flatten(2))))
        out: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return out


class Network(nn.Module):
    """Encoder and heads. The forward pass gives arrays by word; the losses are separate functions."""

    def __init__(self, vocabulary: int, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDE)
        self.positions = nn.Embedding(512, WIDE)
        self.segment = nn.Parameter(torch.zeros(WIDE))
        self.shapes, self.gaps = nn.Embedding(SHAPES, WIDE), nn.Embedding(GAPS, WIDE)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.gaps.weight)
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDE, 3 * len(SEQUENCES))
        self.transitions = nn.Parameter(torch.zeros(len(SEQUENCES), 3, 3))
        self.helpers = nn.Linear(WIDE, 6)  # source and content as plain tags: they only guide training
        self.cues = nn.Sequential(nn.Linear(WIDE, WIDE), nn.GELU(), nn.Linear(WIDE, CHANNELS * KEY))
        self.keys = nn.Sequential(nn.Linear(WIDE, WIDE), nn.GELU(), nn.Linear(WIDE, CHANNELS * KEY))
        self.unary = nn.Linear(WIDE, CHANNELS)
        self.absent = nn.Linear(WIDE, 1)
        self.distance = nn.Parameter(torch.zeros(CHANNELS, 2 * REACH + 1))
        self.asks = nn.Sequential(nn.Linear(WIDE, WIDE), nn.GELU(), nn.Linear(WIDE, len(ROLES) * LINK))
        self.answers = nn.Sequential(nn.Linear(WIDE, WIDE), nn.GELU(), nn.Linear(WIDE, LINK))
        self.rarity = nn.Parameter(torch.full((len(ROLES),), -4.0))
        self.nearness = nn.Parameter(torch.zeros(len(ROLES), 2 * REACH + 1))
        self.case = nn.Linear(WIDE, len(CASES))
        self.votes = nn.Sequential(
            nn.Linear(WIDE, 256), nn.GELU(), nn.Linear(256, sum(len(c) for c in CLASSES.values()))
        )

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        """Tag scores, helper scores, cue queries, keys, unary scores, absence scores, votes, what questions
        are made of, answers, and cases, all by word."""
        x = self.encode(ids, shapes, gaps, mask, first)
        return (
            self.tags(x),
            self.helpers(x),
            self.cues(x) * KEY**-0.5,
            self.keys(x),
            self.unary(x),
            self.absent(x),
            self.votes(x),
            self.asks[1](self.asks[0](x)),
            self.answers(x),
            self.case(x),
        )

    def questions(self, states: Tensor) -> Tensor:
        """The queries of every role from the mean states of some evidence: evidence x roles x LINK."""
        out: Tensor = self.asks[2](states).unflatten(1, (len(ROLES), LINK)) * LINK**-0.5
        return out

    def encode(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """The state of every word: rows x words x WIDE."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.segment
        x = self.dropout(self.norm(x + self.shapes(shapes) + self.gaps(gaps)))
        wall = (1.0 - mask[:, None, None, :].to(x.dtype)) * FORBIDDEN
        for layer in self.layers:
            x = layer(x, wall)
        x = x.gather(1, first[:, :, None].expand(-1, -1, WIDE))
        return self.dropout(x)

    def read(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        """What is used of it: tags, cue queries, keys, unary scores with absence, votes, what questions
        are made of, answers, cases. Questions themselves are made outside, of the few words asked about."""
        x = self.encode(ids, shapes, gaps, mask, first)
        unary = torch.cat((self.unary(x), self.absent(x)), 2)
        return (
            self.tags(x),
            self.cues(x) * KEY**-0.5,
            self.keys(x),
            unary,
            self.votes(x),
            self.asks[1](self.asks[0](x)),
            self.answers(x),
            self.case(x),
        )

    def chain(self) -> Tensor:
        """Transition scores with what cannot be: an inside after an outside."""
        wall = torch.zeros(3, 3)
        wall[O, I] = FORBIDDEN
        return self.transitions + wall


def chain_loss(scores: Tensor, tags: Tensor, mask: Tensor, transitions: Tensor) -> Tensor:
    """Negative log likelihood of tag sequences, one for each row and head.

    ``scores`` is rows x words x heads x 3, ``tags`` rows x words x heads, ``mask`` rows x words.
    """
    steps = scores.shape[1]
    start = scores[:, 0].clone()
    start[..., I] = start[..., I] + FORBIDDEN
    alpha = start
    picked = scores.gather(3, tags[..., None]).squeeze(3) * mask[..., None]
    heads = torch.arange(scores.shape[2])
    moves = transitions[heads[None, None], tags[:, :-1], tags[:, 1:]] * mask[:, 1:, None]
    gold = picked.sum(1) + moves.sum(1)
    for t in range(1, steps):
        move = torch.logsumexp(alpha[..., :, None] + transitions[None], dim=2) + scores[:, t]
        alpha = torch.where(mask[:, t, None, None] > 0, move, alpha)
    return torch.logsumexp(alpha, dim=2) - gold


def pooled(states: Tensor, spans: list[tuple[int, int, int]]) -> Tensor:
    """The mean over each of some spans, ``(row, first word, one past the last)``: spans x width."""
    rows, words, _ = states.shape
    weights = torch.zeros(len(spans), rows * words)
    for n, (row, start, end) in enumerate(spans):
        weights[n, row * words + start : row * words + end] = 1 / (end - start)
    return weights @ states.flatten(0, 1)


def span_scores(
    cues: Tensor, keys: Tensor, unary: Tensor, distance: Tensor, *, rows: Tensor, at: Tensor, end: Tensor
) -> Tensor:
    """Scores of start, end and inside of source and content: cues x channels x words.

    ``cues`` is the mean query of each cue, ``rows`` its row, ``at`` and ``end`` its words.
    """
    words = keys.shape[1]
    k = keys.unflatten(2, (CHANNELS, KEY))[rows]
    s = torch.einsum("nck,nwck->ncw", cues.unflatten(1, (CHANNELS, KEY)), k)
    place = torch.arange(words)[None, :]
    away = torch.where(place < at[:, None], place - at[:, None], (place - end[:, None] + 1).clamp(min=0))
    bias = distance[:, away.clamp(-REACH, REACH) + REACH].transpose(0, 1)
    return s + unary[rows].transpose(1, 2) + bias


def role_scores(
    asks: Tensor, answers: Tensor, rarity: Tensor, nearness: Tensor, *, at: Tensor, end: Tensor
) -> Tensor:
    """How far each word fills a role of some evidence: log odds, questions x words.

    ``asks`` (questions x LINK) is the mean query of the evidence for the role, ``answers`` (questions x
    words x LINK) the keys of its window, ``rarity`` and ``nearness`` the role's bias and its bias by
    distance; ``at`` and ``end`` are the evidence's words.
    """
    place = torch.arange(answers.shape[1])[None, :]
    away = torch.where(place < at[:, None], place - at[:, None], (place - end[:, None] + 1).clamp(min=0))
    bias = nearness.gather(1, away.clamp(-REACH, REACH) + REACH)
    return torch.einsum("qk,qwk->qw", asks, answers) + rarity[:, None] + bias


def span_loss(
    start: Tensor, end: Tensor, inside: Tensor, *, mask: Tensor, gold: Tensor, none: Tensor
) -> Tensor:
    """Negative log likelihood of one span for each cue over all spans of its window, or of no span.

    ``gold`` is cues x 2 (first word, last word), or -1 where there is none.
    """
    inside = inside * mask
    total = inside.cumsum(1)
    wall = (1 - mask) * FORBIDDEN
    left = start - (total - inside) + wall
    right = end + total + wall
    norm = torch.logsumexp(right + torch.logcumsumexp(left, dim=1), dim=1)
    norm = torch.logaddexp(norm, none)
    safe = gold.clamp(min=0)
    chosen = (left.gather(1, safe[:, :1]) + right.gather(1, safe[:, 1:])).squeeze(1)
    return norm - torch.where(gold[:, 0] >= 0, chosen, none)
