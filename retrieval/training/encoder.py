"""The encoder and its head: BERT's architecture, small, with two scores for each piece (the answer's start and end)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 384
HEADS = 12
INNER = 1536
LAYERS = 6
POSITIONS = 512
PIECES = 30_522
EPSILON = 1e-12


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each with its residual and norm."""

    def __init__(self) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.widened = nn.Linear(WIDTH, INNER)
        self.narrowed = nn.Linear(INNER, WIDTH)
        self.narrowed_norm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        mixed = self.mixed(states).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out, because torch's own attention is slow to learn with on a CPU.
        likeness = mixed[0] @ mixed[1].transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        attention = likeness.masked_fill(~mask, -1e4).softmax(dim=-1) @ mixed[2]
        states = self.attended_norm(states + self.attended(attention.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.narrowed_norm(states + self.narrowed(functional.gelu(self.widened(states))))


class SpanReader(nn.Module):
    """From pieces to (start, end) scores; the first piece, [CLS], stands for "no answer"."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.head.weight.device

    def forward(self, pieces: Tensor, segments: Tensor, mask: Tensor) -> Tensor:
        """Take ids, segments (0 question, 1 passage) and a mask, each (batch, length); give (batch, length, 2)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(self.pieces(pieces) + self.positions(places) + self.segments(segments))
        seen = mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, seen)
        scores: Tensor = self.head(states)
        return scores
