using System.Globalization;

namespace Rag.Evaluation.Answers;

/// <summary>What documents a question of RGB's was asked with.</summary>
public enum RgbCase
{
    /// <summary>A share of them does not answer it.</summary>
    Noise,

    /// <summary>None of them does.</summary>
    Rejection,

    /// <summary>Several answer a part of it each.</summary>
    Integration,

    /// <summary>All are as they were before they were falsified.</summary>
    True,

    /// <summary>All are falsified.</summary>
    False,

    /// <summary>Two as they were and two falsified.</summary>
    Mixed,
}

/// <summary>A question in one of its cases, and what its answer was.</summary>
/// <param name="Question">The question.</param>
/// <param name="Case">With what documents.</param>
/// <param name="Noise">Share of them beside the point.</param>
public sealed record RgbAnswer(RgbQuestion Question, RgbCase Case, double Noise)
{
    /// <summary>Whether the answer holds every part of the right one.</summary>
    public bool IsRight { get; init; }

    /// <summary>Whether it holds the false answer.</summary>
    public bool IsMisled { get; init; }

    /// <summary>Whether it is none: silence, or a sentence that says so.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether it says that the documents are wrong, or a conflict between them was found.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>The case as a measure's name, such as <c>noise0.4</c>.</summary>
    internal string Measure => string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant($"{Case}"[0])}{$"{Case}"[1..]}{(Case is RgbCase.Noise or RgbCase.Integration ? $"{Noise:0.0}" : "")}");

    /// <summary>Whether it went as it should.</summary>
    internal bool IsGood => Case switch
    {
        RgbCase.Rejection => IsRefused,
        RgbCase.Mixed => IsDoubted,
        _ => IsRight,
    };
}
