using System.Globalization;
using System.Text;

namespace Rag.Ingest.Sources.Web;

/// <summary>What a site asks of crawlers in its robots.txt (RFC 9309): the group of this product, else that of <c>*</c>. The longest rule that matches counts, of two equally long ones that which allows.</summary>
internal sealed class RobotsRules
{
    /// <summary>The name by which this product's group is found, and with which it introduces itself.</summary>
    public const string Product = "rag";

    /// <summary>How much of the file is read (RFC 9309, section 2.5: at least 500 KiB).</summary>
    private const int MaxBytes = 500 << 10;

    // A longer wait would make a crawl of a thousand pages take half a day.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly List<(string Pattern, bool Allows)> _rules = [];
    private readonly List<string> _sitemaps = [];

    private RobotsRules()
    {
    }

    /// <summary>Everything is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new();

    /// <summary>How long to wait between two requests: <c>Crawl-delay</c>, at most 10 seconds.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Addresses of sitemaps, as they stand there.</summary>
    public IReadOnlyList<string> Sitemaps => _sitemaps;

    /// <summary>Reads the file; lines that are not understood are passed over, and so is the last one of a file that is cut off.</summary>
    public static RobotsRules Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MaxBytes)]);
        return Parse(bytes.Length > MaxBytes ? text[..(text.LastIndexOf('\n') + 1)] : text);
    }

    private static RobotsRules Parse(string text)
    {
        var (own, others) = (new RobotsRules(), new RobotsRules());
        var (isOwn, isOthers, ownNamed, inAgents) = (false, false, false, false);
        foreach (var line in text.TrimStart('\uFEFF').Split('\n', '\r'))
        {
            var entry = line.Split('#')[0];
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            var (key, value) = (entry[..colon].Trim().ToLowerInvariant(), entry[(colon + 1)..].Trim());
            if (key == "user-agent")
            {
                (isOwn, isOthers) = inAgents ? (isOwn, isOthers) : (false, false); // agents one under the other share a group
                isOwn |= value.Equals(Product, StringComparison.OrdinalIgnoreCase);
                isOthers |= value == "*";
                ownNamed |= isOwn;
                inAgents = true;
                continue;
            }

            inAgents &= key == "sitemap";
            if (key == "sitemap")
            {
                own._sitemaps.Add(value);
                others._sitemaps.Add(value);
            }
            else
            {
                (isOwn ? own : null)?.Add(key, value);
                (isOthers ? others : null)?.Add(key, value);
            }
        }

        return ownNamed ? own : others;
    }

    /// <summary>Whether an address may be asked for.</summary>
    public bool Allows(Uri address)
    {
        var (longest, allows) = (-1, true);
        foreach (var (pattern, allowing) in _rules)
        {
            if ((pattern.Length > longest || (pattern.Length == longest && allowing)) && Matches(pattern, address.PathAndQuery))
            {
                (longest, allows) = (pattern.Length, allowing);
            }
        }

        return allows;
    }

    // Each stretch between asterisks at its first place: time is linear in the path for each.
    private static bool Matches(string pattern, string path)
    {
        var ends = pattern.EndsWith('$');
        var parts = (ends ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            if (ends && i == parts.Length - 1)
            {
                return path.Length - at >= parts[i].Length && path.EndsWith(parts[i], StringComparison.Ordinal);
            }

            var found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return !ends || at == path.Length;
    }

    private void Add(string key, string value)
    {
        if (key is "allow" or "disallow" && value.Length is > 0 and <= WebAddress.MaxLength)
        {
            _rules.Add((Encoded(value), key == "allow"));
        }
        else if (key == "crawl-delay" && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            Delay = seconds >= LongestDelay.TotalSeconds ? LongestDelay : TimeSpan.FromSeconds(seconds);
        }
    }

    // in the form that addresses have
    private static string Encoded(string pattern) => WebAddress.Of("https://x" + (pattern.StartsWith('/') ? "" : "/") + pattern) is { } address && !pattern.Contains("..", StringComparison.Ordinal)
        ? (pattern.StartsWith('/') ? address.PathAndQuery : address.PathAndQuery[1..])
        : pattern;
}
