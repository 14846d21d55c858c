using System.Text;

namespace Rag.Ingest.Reading.Mail;

/// <summary>A header field that is a value with parameters, such as <c>text/plain; charset=utf-8</c> (RFC 2045, 5.1; RFC 2231).</summary>
internal sealed class HeaderParameters
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="field">The field's text; empty where there is none.</param>
    public HeaderParameters(string field)
    {
        var end = field.IndexOf(';');
        Value = (end < 0 ? field : field[..end]).Trim().ToLowerInvariant();
        var rest = end < 0 ? [] : field.AsSpan(end + 1);
        while (rest.IndexOf('=') is >= 0 and var equals)
        {
            var name = rest[..equals].Trim().TrimStart("; ").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var value = Take(ref rest);
            _parameters.TryAdd(name, value);
        }
    }

    /// <summary>What stands before the parameters, in lower case.</summary>
    public string Value { get; }

    /// <summary>A parameter, decoded; <see langword="null"/> for none.</summary>
    public string? Find(string name)
    {
        if (_parameters.TryGetValue(name, out var value))
        {
            return EncodedWords.Decode(value); // not as RFC 2047 wants it, but widely done
        }

        if (_parameters.TryGetValue(name + "*", out value))
        {
            return Extended([value], [true]);
        }

        var (pieces, extended) = (new List<string>(), new List<bool>());
        for (var i = 0; ; i++)
        {
            if (_parameters.TryGetValue($"{name}*{i}", out value))
            {
                extended.Add(false);
            }
            else if (_parameters.TryGetValue($"{name}*{i}*", out value))
            {
                extended.Add(true);
            }
            else
            {
                return pieces.Count > 0 ? Extended(pieces, extended) : null;
            }

            pieces.Add(value);
        }
    }

    // charset'language'text with %hh, of which the first piece names the charset
    private static string Extended(List<string> pieces, List<bool> extended)
    {
        var (charset, bytes) = ("", new List<byte>());
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (i == 0 && extended[0] && piece.Split('\'', 3) is [var name, _, var text])
            {
                (charset, piece) = (name, text);
            }

            bytes.AddRange(extended[i] ? TransferEncoding.QuotedPrintable(Encoding.Latin1.GetBytes(piece.Replace("=", "=3D", StringComparison.Ordinal).Replace('%', '='))) : Encoding.UTF8.GetBytes(piece));
        }

        return Charsets.Decode(bytes.ToArray(), charset);
    }

    private static string Take(ref ReadOnlySpan<char> rest)
    {
        int end;
        if (!rest.StartsWith("\""))
        {
            end = rest.IndexOf(';');
            var plain = (end < 0 ? rest : rest[..end]).Trim().ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            return plain;
        }

        var value = new StringBuilder();
        var at = 1;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
            value.Append(rest[at]);
        }

        rest = rest[Math.Min(at + 1, rest.Length)..];
        end = rest.IndexOf(';');
        rest = end < 0 ? [] : rest[(end + 1)..];
        return value.ToString();
    }
}
