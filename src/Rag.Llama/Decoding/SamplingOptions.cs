namespace Rag.Llama.Decoding;

/// <summary>How the next token is drawn. The default is llama.cpp's: top-k 40, top-p 0.95, min-p 0.05, temperature 0.8.</summary>
/// <remarks>
/// The steps follow in llama.cpp's default order: logit bias, penalties, top-k, locally typical, top-p, min-p, temperature, draw.
/// Each step sees the probabilities of what the step before left, renormalised, at temperature 1.
/// Ties go to the lower token id. Every step leaves at least one token.
/// </remarks>
public sealed record SamplingOptions
{
    /// <summary>Divides the logits before the draw, at least 0; 0 always takes the most probable token and ignores the steps that only narrow the choice. Default 0.8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public double Temperature
    {
        get;
        init => field = double.IsFinite(value) && value >= 0 ? value : throw Outside(nameof(Temperature), value, "a finite number, at least 0");
    } = 0.8;

    /// <summary>Most tokens to draw from, the most probable ones; 0 sets no limit. Default 40.</summary>
    /// <remarks>Fan et al. 2018.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int TopK
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 40;

    /// <summary>Keeps the smallest set of most probable tokens whose mass is at least this, 0 to 1; the token that crosses stays in, 1 keeps all. Default 0.95.</summary>
    /// <remarks>Nucleus sampling, Holtzman et al. 2020. Without top-k it costs a pass over the vocabulary, and more where thousands of tokens are about as probable.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double TopP { get; init => field = Share(nameof(TopP), value); } = 0.95;

    /// <summary>Keeps the tokens at least this times as probable as the best one left, 0 to 1; 0 keeps all. Default 0.05.</summary>
    /// <remarks>Nguyen et al. 2024.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double MinP { get; init => field = Share(nameof(MinP), value); } = 0.05;

    /// <summary>Keeps the smallest set of tokens of mass at least this whose surprise is nearest to the entropy, 0 to 1; 1 keeps all. Default 1.</summary>
    /// <remarks>Locally typical sampling, Meister et al. 2022: tokens sorted by |H + log p|, H being the entropy, ascending. Without top-k it weighs the whole vocabulary, which takes milliseconds.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double TypicalP { get; init => field = Share(nameof(TypicalP), value); } = 1;

    /// <summary>How tokens seen lately lose weight. Default: not at all.</summary>
    public PenaltyOptions Penalties { get; init; } = new();

    /// <summary>Where the draws start; the same seed gives the same tokens for the same logits on every machine. Default <see langword="null"/>: chosen anew by <see cref="SeedOr"/>.</summary>
    public uint? Seed { get; init; }

    /// <summary>Added to the logit of each token id before all else; negative infinity forbids the token. Copied. Default empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative token id; a bias that is not a number or is positive infinity.</exception>
    public IReadOnlyDictionary<int, float> LogitBias
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var (token, bias) in value)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(token, nameof(LogitBias));
                if (float.IsNaN(bias) || float.IsPositiveInfinity(bias))
                {
                    throw Outside(nameof(LogitBias), bias, $"for token {token} a finite number or negative infinity");
                }
            }

            field = new Dictionary<int, float>(value);
        }
    } = new Dictionary<int, float>();

    /// <summary>The seed to sample with and to report: <see cref="Seed"/>, or one taken from <paramref name="source"/>.</summary>
    public uint SeedOr(Random source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Seed ?? (uint)source.NextInt64(1L << 32);
    }

    private static double Share(string name, double value) => value is >= 0 and <= 1 ? value : throw Outside(name, value, "between 0 and 1");

    private static ArgumentOutOfRangeException Outside(string name, double value, string range) => new(name, value, $"{name} is {value}; give {range}.");
}
