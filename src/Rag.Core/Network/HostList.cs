using System.Globalization;

namespace Rag.Network;

/// <summary>The hosts that may be asked.</summary>
internal sealed class HostList
{
    private readonly IReadOnlyList<(string Host, int? Port)> _entries;

    /// <param name="hosts">Each <c>example.org</c>, or <c>*.example.org</c> for all below it, either with a port as in <c>example.org:8080</c>.</param>
    /// <exception cref="ArgumentException">An entry is neither.</exception>
    public HostList(IEnumerable<string> hosts) => _entries = [.. hosts.Select(Parse)];

    /// <summary>Why an address may not be asked for; <see langword="null"/> where it may.</summary>
    public string? Refusal(Uri address, bool allowHttp)
    {
        var host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        return address.Scheme != Uri.UriSchemeHttps && !(allowHttp && address.Scheme == Uri.UriSchemeHttp) ? $"Only {(allowHttp ? "http and https" : "https")} addresses are allowed, not {address.Scheme}."
            : address.UserInfo.Length > 0 ? "An address with a user name or password is not allowed."
            : !_entries.Any(e => Matches(e, host, address)) ? $"The host {host}{(address.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{address.Port}"))} is not allowed. Allowed: {string.Join(", ", _entries.Select(Show))}."
            : null;
    }

    private static bool Matches((string Host, int? Port) entry, string host, Uri address) =>
        (entry.Port is { } port ? address.Port == port : address.IsDefaultPort) && (entry.Host.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(entry.Host[1..], StringComparison.Ordinal) && host.Length > entry.Host.Length - 1 : host == entry.Host);

    private static string Show((string Host, int? Port) entry) => entry.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{entry.Host}:{port}") : entry.Host;

    private static (string Host, int? Port) Parse(string entry)
    {
        var below = entry.StartsWith("*.", StringComparison.Ordinal);
        return Uri.TryCreate($"https://{(below ? entry[2..] : entry)}", UriKind.Absolute, out var uri) && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 } && !entry.EndsWith('/') && !(below && uri.HostNameType != UriHostNameType.Dns)
            ? ((below ? "*." : "") + uri.IdnHost.ToLowerInvariant(), uri.IsDefaultPort ? null : uri.Port)
            : throw new ArgumentException($"'{entry}' is no host. Give a name such as example.org, or *.example.org for all below it.", nameof(entry));
    }
}
