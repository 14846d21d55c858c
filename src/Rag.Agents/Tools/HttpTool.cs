using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools.Web;
using Rag.Network;

namespace Rag.Agents.Tools;

/// <summary>Reads a page of the Web: <c>http_get</c>. Each call must be approved, since an address can carry away what the model has read.</summary>
/// <remarks>
/// Asks allowed hosts only, by GET, without cookies, proxy or credentials, and never connects to an address of this machine or its networks: the address is checked on which the connection is
/// opened. Up to three redirects are followed, each checked as the first. Of HTML the words are given, without a parser: hidden text is among them. What comes back is data from outside, never cited.
/// </remarks>
public static class HttpTool
{
    private const int MaxRedirects = 3;
    private const int MaxAddress = 2000;

    /// <summary>The tool <c>http_get</c>.</summary>
    /// <param name="hosts">The hosts that may be asked, each <c>example.org</c>, or <c>*.example.org</c> for all below it but not itself; with a port, as in <c>example.org:8443</c>, where it is not the usual one.</param>
    /// <param name="options">Limits. Default <c>new()</c>.</param>
    /// <exception cref="ArgumentException">An entry of <paramref name="hosts"/> is no host.</exception>
    public static ApprovalRequiredAIFunction Create(IReadOnlyList<string> hosts, HttpToolOptions? options = null) => Create(hosts, options ?? new(), PublicConnections.Default, TimeProvider.System);

    internal static ApprovalRequiredAIFunction Create(IReadOnlyList<string> hosts, HttpToolOptions options, PublicConnections connections, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var allowed = new HostList(hosts);
        // Lives as long as the tool. A proxy would connect where it likes, so there is none.
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (context, token) => connections.ConnectAsync(context.DnsEndPoint, token),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        });
        return new(ToolFunction.Of("http_get", $"Reads a page of the Web as text. Hosts: {string.Join(", ", hosts)}.",
            async ([Description("Address of the page.")] string url, CancellationToken cancellationToken) =>
            {
                using var late = new CancellationTokenSource(options.Timeout, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
                try
                {
                    return await GetAsync(client, url, allowed, options, either.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{Prompt.OnOneLine(url)} did not answer within {options.Timeout.TotalSeconds} seconds.");
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
                {
                    return exception.InnerException is AddressRefusedException refused ? refused.Message : $"{Prompt.OnOneLine(url)} cannot be read: {Prompt.OnOneLine(exception.Message)}";
                }
            }));
    }

    private static async Task<string> GetAsync(HttpMessageInvoker client, string url, HostList allowed, HttpToolOptions options, CancellationToken cancellationToken)
    {
        if (url.Length > MaxAddress || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address))
        {
            return $"This is no address of up to {MaxAddress} characters. Write one such as https://example.org/page.";
        }

        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (allowed.Refusal(address, options.AllowHttp) is { } refusal)
            {
                return redirects == 0 ? refusal : $"The page has moved to {address}. {refusal}";
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", "text/html, text/*, application/json, application/xml;q=0.9");
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } location)
            {
                address = new(address, location);
                continue;
            }

            return response.IsSuccessStatusCode
                ? await ReadAsync(address, response.Content, options.MaxBytes, cancellationToken)
                : string.Create(CultureInfo.InvariantCulture, $"{address} answered {(int)response.StatusCode} {response.StatusCode}.");
        }

        return $"{url} was moved more than {MaxRedirects} times.";
    }

    private static async Task<string> ReadAsync(Uri address, HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var type = content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "";
        if (!IsText(type))
        {
            return $"{address} is {(type.Length == 0 ? "of no stated type" : type)}; only text can be read.";
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (read.Length <= maxBytes && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            read.Write(buffer, 0, count);
        }

        var text = EncodingOf(content).GetString(read.GetBuffer(), 0, (int)Math.Min(read.Length, maxBytes));
        var words = type is "text/html" or "application/xhtml+xml" ? HtmlText.Of(text) : text.Trim();
        return $"{address}:\n{words}{(read.Length > maxBytes ? string.Create(CultureInfo.InvariantCulture, $"\n(The page is longer; its first {maxBytes} bytes were read.)") : "")}";
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml" || (type.StartsWith("application/", StringComparison.Ordinal) && (type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)));

    private static Encoding EncodingOf(HttpContent content)
    {
        try
        {
            return content.Headers.ContentType?.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8; // of a name that is not known here, most letters are still right
        }
    }
}
