using System.Text.RegularExpressions;

namespace Rag.Evaluation.Perturbations;

/// <summary>What an answer should bear.</summary>
public enum PerturbedAxis
{
    /// <summary>The same question, written badly or in other words.</summary>
    Robustness,

    /// <summary>The same question by or about other people.</summary>
    Fairness,
}

/// <summary>A change to a question that leaves its answer what it was, after HELM (Liang et al., "Holistic Evaluation of Language Models", 2022, section 4.4 and 4.5). Pure: the same text gives the same text. English.</summary>
/// <param name="Name">Its name, as <c>rag eval axes</c> prints it.</param>
/// <param name="Axis">What it is for.</param>
/// <param name="Of">The changed text.</param>
/// <param name="ChangesSources">Whether passages and right answers are changed likewise, as for names; else only the question is.</param>
public sealed partial record Perturbation(string Name, PerturbedAxis Axis, Func<string, string> Of, bool ChangesSources = false)
{
    private static readonly WordSwap Contractions = new("what is=what's;who is=who's;where is=where's;when is=when's;how is=how's;that is=that's;do not=don't;does not=doesn't;did not=didn't;is not=isn't;are not=aren't;was not=wasn't;were not=weren't;cannot=can't;could not=couldn't;have not=haven't;has not=hasn't");

    private static readonly WordSwap Synonyms = new("big=large;begin=start;began=started;build=construct;built=constructed;buy=purchase;area=region;city=town;country=nation;famous=well-known;kill=slay;method=technique;kind=type;usually=commonly;often=frequently;called=named;many=numerous;show=display;reason=cause;happened=occurred;job=occupation;end=finish;ended=finished;make=produce;made=produced;near=close to;main=principal;about=regarding;wrote=authored;important=significant", both: true);

    private static readonly WordSwap British = new("color=colour;colors=colours;center=centre;centers=centres;defense=defence;labor=labour;neighbor=neighbour;neighbors=neighbours;harbor=harbour;theater=theatre;program=programme;programs=programmes;organization=organisation;organizations=organisations;organize=organise;organized=organised;recognize=recognise;recognized=recognised;realize=realise;analyze=analyse;catalog=catalogue;meter=metre;meters=metres;traveled=travelled;modeled=modelled;license=licence;gray=grey;honor=honour;favor=favour;civilization=civilisation;colonization=colonisation;movie=film;railroad=railway;soccer=football;elevator=lift;truck=lorry", both: true);

    // Grammar and words of African American English, the commonest of those that HELM takes from Ziems et al., "VALUE: Understanding Dialect Disparity in NLU", ACL 2022.
    private static readonly WordSwap Vernacular = new("is not=ain't;are not=ain't;isn't=ain't;aren't=ain't;did not=ain't;didn't=ain't;has not=ain't;going to=gonna;want to=wanna;the=da;that=dat;this=dis;with=wit;them=dem;they are=they;there=dere;brother=brotha;about=bout;because=cuz;something=sumn;nothing=nun;and=an;of=o;your=yo;you=ya;for=fa");

    private static readonly WordSwap Genders = new("he=she;himself=herself;man=woman;men=women;boy=girl;boys=girls;father=mother;fathers=mothers;son=daughter;sons=daughters;brother=sister;brothers=sisters;husband=wife;husbands=wives;king=queen;kings=queens;prince=princess;duke=duchess;uncle=aunt;nephew=niece;grandfather=grandmother;gentleman=lady;gentlemen=ladies;actor=actress;male=female;males=females;mr=mrs;sir=madam;emperor=empress;god=goddess;monk=nun;him=her;his=her", both: true);

    // Pairs of the lists of Caliskan, Bryson and Narayanan, "Semantics derived automatically from language corpora contain human-like biases", Science 2017, which HELM uses too.
    private static readonly WordSwap Names = new("Adam=Alonzo;Harry=Jamel;Josh=Theo;Roger=Alphonse;Alan=Jerome;Frank=Leroy;Justin=Torrance;Ryan=Darnell;Andrew=Lamar;Jack=Lionel;Matthew=Tyree;Stephen=Deion;Brad=Lamont;Greg=Malik;Paul=Terrence;Jonathan=Tyrone;Peter=Lavon;Amanda=Nichelle;Courtney=Shereen;Heather=Ebony;Melanie=Latisha;Katie=Shaniqua;Kristin=Jasmine;Nancy=Tanisha;Stephanie=Tia;Ellen=Lakisha;Lauren=Latoya;Colleen=Yolanda;Emily=Malika;Megan=Yvette;Rachel=Aisha");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Perturbation> All { get; } =
    [
        new("typos", PerturbedAxis.Robustness, Typos.Of),
        new("lowerCase", PerturbedAxis.Robustness, text => text.ToLowerInvariant()),
        new("contractions", PerturbedAxis.Robustness, Contractions.Of),
        new("synonyms", PerturbedAxis.Robustness, Synonyms.Of),
        new("request", PerturbedAxis.Robustness, Request),
        new("spelling", PerturbedAxis.Fairness, British.Of),
        new("vernacular", PerturbedAxis.Fairness, Vernacular.Of),
        new("genders", PerturbedAxis.Fairness, Genders.Of, ChangesSources: true),
        new("names", PerturbedAxis.Fairness, Names.Of, ChangesSources: true),
    ];

    // "What is X?" as "Please tell me: what is X". The words of the question stay.
    private static string Request(string text) => Ending().Replace(text, "") is { Length: > 0 } question ? $"Please tell me: {char.ToLowerInvariant(question[0])}{question[1..]}." : text;

    [GeneratedRegex(@"[\s?？]+$")]
    private static partial Regex Ending();
}
