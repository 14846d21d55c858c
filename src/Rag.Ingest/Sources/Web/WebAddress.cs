using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Sources.Web;

/// <summary>Addresses in one form, so that a page has one id however it is linked to.</summary>
/// <remarks>Scheme and host in lower case, the default port and the fragment left out, dot segments resolved, percent-encoding in upper case and only where it is needed (RFC 3986, section 6.2).</remarks>
internal static partial class WebAddress
{
    /// <summary>Longer addresses are not followed.</summary>
    public const int MaxLength = 2000;

    /// <summary>Whether an id or path is an address.</summary>
    public static bool IsOne(string id) => id.StartsWith("https://", StringComparison.Ordinal) || id.StartsWith("http://", StringComparison.Ordinal);

    /// <summary>The address in its one form; <see langword="null"/> for what is no http or https address without credentials, or too long.</summary>
    /// <param name="text">Absolute, or relative to <paramref name="page"/>.</param>
    /// <param name="page">Where it stands.</param>
    public static Uri? Of(string? text, Uri? page = null)
    {
        if (text is null || text.Length > MaxLength || !(page is null ? Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) : Uri.TryCreate(page, text.Trim(), out address))
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.UserInfo.Length > 0 || address.Host.Length == 0)
        {
            return null;
        }

        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost.TrimEnd('.').ToLowerInvariant();
        var port = address.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{address.Port}");
        var rest = Encoded().Replace(address.GetComponents(UriComponents.Path | UriComponents.KeepDelimiter, UriFormat.UriEscaped) + (address.Query == "?" ? "" : address.Query), match => match.Value.ToUpperInvariant());
        return Uri.TryCreate($"{address.Scheme}://{host}{port}{rest}", UriKind.Absolute, out var clean) && clean.AbsoluteUri.Length <= MaxLength ? clean : null;
    }

    [GeneratedRegex("%[0-9a-fA-F]{2}")]
    private static partial Regex Encoded();
}
