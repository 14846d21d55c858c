using System.Collections.Frozen;

namespace Rag.Analysis;

/// <summary>English words that say opposite things of the same subject.</summary>
internal static class Antonyms
{
    private static readonly FrozenDictionary<string, string[]> Opposites = Read("""
        increase decrease, increases decreases, increased decreased, increasing decreasing, rise fall, rises falls, rose fell, rising falling, grow shrink, grew shrank, gain lose, gains loses,
        gained lost, win lose, wins loses, won lost, accept reject, accepts rejects, accepted rejected, accept refuse, accepted refused, allow forbid, allows forbids, allowed forbidden,
        permit prohibit, permits prohibits, permitted prohibited, include exclude, includes excludes, included excluded, including excluding, begin end, begins ends, began ended, start stop,
        starts stops, started stopped, open close, opens closes, opened closed, open closed, enable disable, enables disables, enabled disabled, buy sell, bought sold, import export,
        imports exports, imported exported, arrive depart, arrived departed, support oppose, supports opposes, supported opposed, agree disagree, agreed disagreed, succeed fail, succeeded failed,
        add remove, adds removes, added removed, create delete, creates deletes, created deleted, create destroy, created destroyed, connect disconnect, install uninstall, encrypt decrypt,
        lock unlock, locked unlocked, appear disappear, appeared disappeared, attack defend, attacked defended, expand contract, expanded contracted, strengthen weaken, strengthened weakened,
        raise lower, raises lowers, raised lowered, live die, born died, before after, above below, over under, inside outside, north south, northern southern, east west, eastern western,
        first last, earliest latest, early late, earlier later, more less, more fewer, most least, most fewest, higher lower, highest lowest, high low, larger smaller, largest smallest, large small,
        bigger smaller, biggest smallest, big small, greater smaller, greater less, longer shorter, longest shortest, long short, older younger, oldest youngest, older newer, oldest newest, old new,
        old young, upper lower, inner outer, internal external, maximum minimum, left right, male female, man woman, men women, husband wife, father mother, son daughter, brother sister,
        positive negative, true false, legal illegal, possible impossible, public private, synchronous asynchronous, required optional, mandatory optional, success failure, alive dead, hot cold,
        warm cool, warmer cooler, wet dry, dark light, heavy light, heavier lighter, fast slow, faster slower, strong weak, stronger weaker, rich poor, easy hard, easy difficult, cheap expensive,
        majority minority, victory defeat, ancient modern, domestic foreign, urban rural, natural artificial, simple complex, temporary permanent, mutable immutable, always never, everyone nobody,
        better worse, best worst, wide narrow, deep shallow, near far, full empty, dependent independent, similar different, common rare, frequent rare, frequently rarely, often rarely, visible invisible
        """);

    /// <summary>The opposites of a word; none where none is known.</summary>
    /// <param name="word">In lower case, as it is written.</param>
    public static IReadOnlyList<string> Of(string word) => Opposites.GetValueOrDefault(word, []);

    private static FrozenDictionary<string, string[]> Read(string pairs) =>
        pairs.Split(',', StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split(' '))
            .SelectMany(pair => new[] { (Word: pair[0], Opposite: pair[1]), (Word: pair[1], Opposite: pair[0]) })
            .GroupBy(pair => pair.Word, pair => pair.Opposite)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToArray());
}
