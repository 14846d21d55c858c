namespace Rag.Llama.Decoding;

/// <summary>Draws from all tokens of a vocabulary, when no step narrows them down: two passes over sums of blocks rather than a list of candidates.</summary>
internal sealed class WholeVocabulary
{
    private const int BlockLength = 512;

    private double[] _masses = [];

    /// <summary>The token, in order of id, at <paramref name="share"/>, 0 to less than 1, of the mass at a temperature of 1 / <paramref name="scale"/>.</summary>
    public int At(double share, ReadOnlySpan<float> logits, float max, float scale)
    {
        var blocks = (logits.Length + BlockLength - 1) / BlockLength;
        if (_masses.Length < blocks)
        {
            _masses = new double[blocks];
        }

        var mass = 0.0;
        for (var block = 0; block < blocks; block++)
        {
            mass += _masses[block] = Exponential.Sum(Block(logits, block), max, scale);
        }

        var (rest, found) = (share * mass, -1);
        for (var block = 0; block < blocks; block++)
        {
            if (_masses[block] > 0)
            {
                found = block;
                if (rest < _masses[block])
                {
                    break;
                }

                rest -= _masses[block];
            }
        }

        return (found * BlockLength) + Within(Block(logits, found), Math.Min(rest, _masses[found]), max, scale);
    }

    private static ReadOnlySpan<float> Block(ReadOnlySpan<float> logits, int block)
    {
        return logits.Slice(block * BlockLength, Math.Min(BlockLength, logits.Length - (block * BlockLength)));
    }

    private static int Within(ReadOnlySpan<float> block, double rest, float max, float scale)
    {
        var found = -1;
        for (var i = 0; i < block.Length; i++)
        {
            var weight = Exponential.Of((block[i] - max) * scale);
            if (weight > 0)
            {
                found = i;
                rest -= weight;
                if (rest < 0)
                {
                    break;
                }
            }
        }

        return found;
    }
}
