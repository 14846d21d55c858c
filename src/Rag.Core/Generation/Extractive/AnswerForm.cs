using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>What kind of words a question asks for.</summary>
internal enum AnswerForm
{
    Any,
    Name,
    Place,
    Time,
    Condition,
    Number,
    Reason,
    Method,
    Definition,
    YesOrNo,
}

/// <summary>Reads the expected form from a question and looks for words of that form in a sentence. English patterns; numbers, dates, places and reasons also by the question words of Chinese, Japanese, German, French and Spanish.</summary>
internal static partial class AnswerForms
{
    private static readonly (AnswerForm Form, Regex Asked)[] Asking =
    [
        (AnswerForm.Number, AsksNumber()),
        (AnswerForm.Condition, AsksCondition()),
        (AnswerForm.Time, AsksTime()),
        (AnswerForm.Place, AsksPlace()),
        (AnswerForm.Name, AsksName()),
        (AnswerForm.Reason, AsksReason()),
        (AnswerForm.Definition, AsksDefinition()),
        (AnswerForm.Method, AsksMethod()),
        (AnswerForm.YesOrNo, AsksYesOrNo()),
    ];

    /// <summary>The form that a question asks for; the first that fits, in the order number, condition, time, place, name, reason, definition, method, yes or no.</summary>
    public static AnswerForm Asked(string question) => Asking.Where(a => a.Asked.IsMatch(question)).Select(a => a.Form).FirstOrDefault();

    /// <summary>Whether a sentence holds words of the form that the question does not hold itself.</summary>
    public static bool Holds(AnswerForm form, string sentence, string question) => form switch
    {
        AnswerForm.Number => HasNew(Quantity(), sentence, question),
        AnswerForm.Time => HasNew(Date(), sentence, question),
        AnswerForm.Condition => Condition().IsMatch(sentence),
        AnswerForm.Place => HasNew(Place(), sentence, question),
        AnswerForm.Name => HasNew(Name(), sentence, question),
        AnswerForm.Reason => Reason().IsMatch(sentence),
        AnswerForm.Method => Method().IsMatch(sentence),
        AnswerForm.Definition => Definition().IsMatch(sentence),
        AnswerForm.YesOrNo => Verdict().IsMatch(sentence),
        _ => false,
    };

    /// <summary>Where words of the form begin that the question does not hold itself; only for numbers, dates, places and names.</summary>
    public static IEnumerable<int> Places(AnswerForm form, string sentence, string question) => form switch
    {
        AnswerForm.Number => New(Quantity(), sentence, question),
        AnswerForm.Time => New(Date(), sentence, question),
        AnswerForm.Place => New(Place(), sentence, question),
        AnswerForm.Name => New(Name(), sentence, question),
        _ => [],
    };

    /// <summary>Whether a sentence says what the subject of "what is X?" is: opens with the words of X in any form, an article aside, and goes on with "is", "means" or the like.</summary>
    public static bool Defines(string sentence, string question, IAnalyzer analyzer)
    {
        var subject = analyzer.Terms(Subject().Match(question).Groups["x"].Value);
        var start = Article().Match(sentence).Length;
        var opening = analyzer.Terms(sentence.Substring(start, Math.Min(sentence.Length - start, MaxSubject)));
        return subject.Count > 0 && opening.Count >= subject.Count
            && subject.Zip(opening).All(pair => pair.First.Text == pair.Second.Text && pair.First.Position - subject[0].Position == pair.Second.Position)
            && Copula().IsMatch(sentence[(start + opening[subject.Count - 1].Span.End)..]);
    }

    private const int MaxSubject = 200;

    private static bool HasNew(Regex pattern, string sentence, string question) => New(pattern, sentence, question).Any();

    private static IEnumerable<int> New(Regex pattern, string sentence, string question) => pattern.Matches(sentence).Select(m => m.Groups["new"] is { Success: true } part ? part : m)
        .Where(part => !question.Contains(part.Value, StringComparison.OrdinalIgnoreCase)).Select(part => part.Index);

    [GeneratedRegex(@"多少|几(?:个|年|岁|人|次|月|天)|多(?:长|大|高|久)|いくつ|いくら|どのくらい|何(?:人|個|歳|年間|回|本|匹|メートル|%)|\b(?:wie ?viele?|combien|cuánt[oa]s?)\b|\bhow (?:many|much|long|old|far|tall|high|big|large|deep|wide|heavy|fast|often|few|little)\b|\b(?:what|which) (?:\w+ )?(?:percentage|percent|number|amount|population|age|size|length|height|share|proportion|cost|price|temperature|speed|distance|limit|default)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksNumber();

    [GeneratedRegex(@"^(?:(?!\b(?:what|which|who|whom|whose|how|where|why|when)\b).)*\bwhen\b|什么时候|何时|哪一?年|いつ|何年|\b(?:wann|quand|cuándo)\b|\b(?:what|which) (?:\w+ )?(?:year|years|date|day|month|century|decade|period|era|time|season|version|release)\b|\bhow (?:recently|early|late|soon)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksTime();

    [GeneratedRegex(@"\bwhen (?:should|can|must|would|to|do (?:i|you|we))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksCondition();

    [GeneratedRegex(@"\b(?:if|when|whenever|before|after|once|as soon as|unless|until|while|recommended|should)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?:(?!\b(?:what|which|who|whom|whose|how|where|why|when)\b).)*\bwhere\b|哪里|哪儿|何处|どこ|\b(?:wo|où|dónde)\b|\b(?:what|which) (?:\w+ )?(?:city|country|state|place|location|region|area|town|river|continent|island|county|province|street|district|nation|building|file|folder|directory)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksPlace();

    [GeneratedRegex(@"^(?:(?!\b(?:what|which|who|whom|whose|how|where|why|when)\b).)*\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:person|people|man|woman|king|queen|leader|company|organization|organisation|team|group|author|president|general|scientist|name|names|language|dynasty|party|class|method|interface|package|type|attribute|namespace|command)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksName();

    [GeneratedRegex(@"^(?:(?!\b(?:what|which|who|whom|whose|how|where|why|when)\b).)*\bwhy\b|为什么|为何|なぜ|どうして|\b(?:warum|wieso|pourquoi)\b|por qué|\bwhat (?:\w+ )?(?:reason|cause|causes|caused|led|leads)\b|\bhow come\b|\bfor what\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksReason();

    [GeneratedRegex(@"^\W*(?:and |so )?(?:what(?: is|'s|’s| are) (?:an? |the )?[\w.#<>/-]+(?: [\w.#<>/-]+){0,3}\W*$|what (?:does|do) .{1,60} (?:mean|do)\b|what (?:is|are) .{1,60} for\b|define\b|explain what\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AsksDefinition();

    [GeneratedRegex(@"(?:what(?: is|'s|’s| are| does)|define|explain what) (?:an? |the )?(?<x>[^?]*?)(?: mean| is| are| do|(?: used)? for)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^[)'""”’]*(?: \([^)]*\))?,? (?:(?:is|are|was|were) (?!(?:most|more|often|also|not|only|never|always|just|then|still|\w+ly|\w+ed)\b(?<!used|defined|called|named))|(?:means?|refers? to|represents?|describes?|denotes?|allows?|provides?|consists? of|lets?)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Copula();

    [GeneratedRegex(@"^\W*(?:an? |the )?", RegexOptions.IgnoreCase)]
    private static partial Regex Article();

    [GeneratedRegex(@"^\W*(?:and |so )?how (?:do|does|can|should|could|would|to|is|are|was|were|did)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksMethod();

    [GeneratedRegex(@"\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|twice|once|several|unlimited)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"\b(?:1\d{3}|20\d\d|\d{1,4}(?:th|st|nd|rd)|\d+ (?:BC|BCE|AD|CE|years?|months?|days?|weeks?|hours?|minutes?|seconds?))\b|\b\d{3,4}s?\b|\d+ ?[年月日]|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|centuries|decade|today|ago|spring|summer|autumn|winter|before|after|until|since|during|annually|every year|once)\b|\b\d+(?:\.\d+)+\b")]
    private static partial Regex Date();

    [GeneratedRegex(@"\b(?:in|at|near|from|to|of|on|across|into|under|along|between|toward|towards|within|by|for|the) (?:the |modern |present-day )?(?<new>\p{Lu}[\p{L}'’.-]+)")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<!^)(?<![.!?] )\b(?<new>\p{Lu}[\p{L}'’-]+)|^(?<new>\p{Lu}[\p{L}'’-]+) \p{Lu}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(?:because|due to|since|so that|in order to|as a result|therefore|reason|reasons|caused|causes|cause|led to|leads to|thus|owing to|thanks to|to avoid|to prevent|to ensure|to allow|means that|hence|consequently|for fear|fear|wanted|needed)\b|\bas \w+ (?:was|were|is|are|had|have)\b|\bto [a-z]+", RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(?:by|through|via|using|with|use|used|call|calling|set|setting|add|adding|run|configure|specify|specifying|install|create|override|can be|need to|must|should|first|then)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Method();

    [GeneratedRegex(@"\b(?:is|are|was|were|means|refers? to|describes?|represents?|denotes?|known as|called|defined as|consists? of|allows?|provides?|stands? for)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\W*(?:and |so |but )?(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksYesOrNo();

    [GeneratedRegex(@"\b(?:yes|no|not|never|cannot|can|may|must|shall|should|only|always|possible|impossible|allow(?:s|ed)?|permit(?:s|ted)?|support(?:s|ed)?|require(?:s|d)?|forbidden|prohibited|recommended|discouraged)\b|n['’]t\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verdict();
}
