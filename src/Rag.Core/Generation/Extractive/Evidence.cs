namespace Rag.Generation.Extractive;

/// <summary>What speaks for a unit as the answer. Shares are of the question's words, 0 to 1; what is or is not the case is 1 or 0.</summary>
internal sealed record Evidence
{
    /// <summary>Share of the weight in the unit.</summary>
    public double Weight { get; init; }

    /// <summary>Share of the subject's words, each counted alike.</summary>
    public double Count { get; init; }

    /// <summary>The same in the very form of the question.</summary>
    public double Exact { get; init; }

    /// <summary>Share of the weight that only the unit before holds: what "it" and "this" stand for.</summary>
    public double Previous { get; init; }

    /// <summary>The same where the unit opens with such a word.</summary>
    public double Refers { get; init; }

    /// <summary>Share of the weight that only title, headings or the passage's first words hold.</summary>
    public double Topic { get; init; }

    /// <summary>Share of the weight in pairs of words as they stand in the question.</summary>
    public double Phrase { get; init; }

    /// <summary>Share of the weight in the order of the question: the longest common subsequence.</summary>
    public double Order { get; init; }

    /// <summary>How closely the question's words stand around one word that the question does not hold.</summary>
    public double Close { get; init; }

    /// <summary>How closely they stand around a word of the kind asked for.</summary>
    public double CloseToForm { get; init; }

    /// <summary>A number, where one is asked for.</summary>
    public double Number { get; init; }

    /// <summary>A date, where one is asked for.</summary>
    public double Time { get; init; }

    /// <summary>A place, where one is asked for.</summary>
    public double Place { get; init; }

    /// <summary>A reason, where one is asked for.</summary>
    public double Reason { get; init; }

    /// <summary>A number before what is to be counted.</summary>
    public double Counts { get; init; }

    /// <summary>The unit of measurement that is asked for, such as miles for "how far".</summary>
    public double Measures { get; init; }

    /// <summary>A name of two words, where a person is asked for.</summary>
    public double Person { get; init; }

    /// <summary>Question and unit both deny.</summary>
    public double BothDeny { get; init; }

    /// <summary>Logarithm of the passage's score as a share of the best.</summary>
    public double Retrieved { get; init; }

    /// <summary>The first passage.</summary>
    public double FirstPassage { get; init; }

    /// <summary>Share of the question's pairs of words in the passage.</summary>
    public double PassagePhrases { get; init; }

    /// <summary>One over the unit's place in its passage, from 1.</summary>
    public double Early { get; init; }

    /// <summary>Share of the weight in the words that say of what kind the answer is.</summary>
    public double Kind { get; init; }

    /// <summary>Share of the question's names that neither the unit, nor the one before, nor the topic holds.</summary>
    public double NamesMissing { get; init; }

    /// <summary>Share of the weight of the question's names in the unit.</summary>
    public double NamesHeld { get; init; }
}

/// <summary>What speaks for and against the best unit being an answer at all.</summary>
internal sealed record Doubt
{
    /// <summary>How probable the unit is among all units, 0 to 1, if one of them answers.</summary>
    public double Lead { get; init; }

    /// <summary>Mean of five shares of the question's words: in the unit, in its passage, in the unit with its neighbours and the title; of the subject's words in the unit and in the passage.</summary>
    public double Coverage { get; init; }

    /// <summary>Mean share of the question's words in the three units of the passage that hold most.</summary>
    public double Around { get; init; }

    /// <summary>Share of the question's names that neither the unit, nor the one before, nor the title holds.</summary>
    public double NamesMissing { get; init; }

    /// <summary>The unit says the opposite of a word of the question.</summary>
    public double Opposite { get; init; }

    /// <summary>The question denies and the unit does not.</summary>
    public double DeniesAlone { get; init; }

    /// <summary>The unit lacks the number, date, place or name that is asked for.</summary>
    public double FormMissing { get; init; }
}
