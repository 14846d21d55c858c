namespace Rag.Llama.Decoding;

/// <summary>How tokens that were seen lately lose weight. The default changes nothing.</summary>
/// <remarks>The repetition penalty is applied first, then the other two are subtracted, as llama.cpp does.</remarks>
public sealed record PenaltyOptions
{
    /// <summary>Divides the positive logits of seen tokens and multiplies the others, more than 0; 1 changes nothing, 1.2 is the paper's value. Default 1.</summary>
    /// <remarks>Keskar et al. 2019, CTRL, section 4.1, which only divides; dividing a negative logit would favour the token.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Repetition
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Repetition), value, $"{nameof(Repetition)} is {value}; give a finite number above 0.");
    } = 1;

    /// <summary>Subtracted from a logit once for each time that its token was seen, -2 to 2, as OpenAI's <c>frequency_penalty</c>. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double Frequency { get; init => field = WithinTwo(value, nameof(Frequency)); }

    /// <summary>Subtracted once from the logit of each token that was seen at all, -2 to 2, as OpenAI's <c>presence_penalty</c>. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in the range.</exception>
    public double Presence { get; init => field = WithinTwo(value, nameof(Presence)); }

    /// <summary>Tokens to look back, those of the prompt included, at least 0; 0 turns the penalties off. Default 64, as llama.cpp's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Window
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64;

    internal bool ChangesNothing => Window == 0 || (Repetition == 1 && Frequency == 0 && Presence == 0);

    private static double WithinTwo(double value, string name)
    {
        // NaN fails every comparison, so it is caught by asking for what is right
        return value is >= -2 and <= 2 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it lies between -2 and 2.");
    }
}
