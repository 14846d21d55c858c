using System.Globalization;
using System.Net;
using System.Text;
using Rag.Ingest.Reading;
using Rag.Ingest.Reading.Html;
using Rag.Network;

namespace Rag.Ingest.Sources.Web;

/// <summary>Asks for addresses, one at a time, within limits. Redirects are followed by hand, each checked as the first address was. Not safe for concurrent use.</summary>
internal sealed class WebClient(HttpMessageInvoker http, WebLimits limits, TimeProvider time)
{
    private const int MaxRedirects = 5;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string UserAgent = $"{RobotsRules.Product}/{typeof(WebClient).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Bytes of answers so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Asks for an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="refusalAsync">Why an address is not asked for, that one or one to which it leads; <see langword="null"/> where it is.</param>
    /// <param name="validators">What the store has kept of a page's version and time; empty for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<WebAnswer> GetAsync(Uri address, Func<Uri, CancellationToken, Task<WebAnswer?>> refusalAsync, Func<Uri, (string ETag, string LastModified)> validators, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limits.ResponseTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            for (var redirects = 0; redirects <= MaxRedirects; redirects++)
            {
                if (await refusalAsync(address, cancellationToken) is { } refused)
                {
                    return refused;
                }

                using var request = Request(address, validators(address));
                using var response = await http.SendAsync(request, either.Token);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                {
                    return await AnswerAsync(address, response, either.Token);
                }

                if (WebAddress.Of(location.OriginalString, address) is not { } next)
                {
                    return new WebAnswer.Elsewhere($"{address} has moved to '{location}', which is no http or https address.");
                }

                address = next;
            }

            return new WebAnswer.Failed($"It was moved more than {MaxRedirects} times, at last to {address}. Begin at the address where a browser ends.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"{address} did not answer in full within {limits.ResponseTimeout.TotalSeconds} seconds. Try again later."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new WebAnswer.Failed(e.InnerException is AddressRefusedException refused
                ? $"{refused.Message} If it is a host of yours, allow it by name (--allow-private)."
                : $"{address} cannot be read: {e.GetBaseException().Message.TrimEnd('.')}. Check the address and the connection.");
        }
    }

    private static HttpRequestMessage Request(Uri address, (string ETag, string LastModified) validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.8");
        if (validators.ETag.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", validators.ETag);
        }

        if (validators.LastModified.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", validators.LastModified);
        }

        return request;
    }

    private async Task<WebAnswer> AnswerAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotModified && response.RequestMessage is { Headers: var sent } && (sent.Contains("If-None-Match") || sent.Contains("If-Modified-Since")))
        {
            return new WebAnswer.Unchanged(address);
        }

        if (!response.IsSuccessStatusCode)
        {
            return new WebAnswer.Status((int)response.StatusCode);
        }

        var most = (int)Math.Min(limits.MaxResponseBytes, limits.MaxTotalBytes - BytesRead);
        if (await ReadAsync(response.Content, most, cancellationToken) is not { } bytes)
        {
            return new WebAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"{address} has more than {most:N0} bytes. Leave it out, or raise the limit."));
        }

        return new WebAnswer.Page(address, InUtf8(bytes, response.Content.Headers.ContentType?.CharSet))
        {
            ETag = response.Headers.TryGetValues("ETag", out var tags) ? Kept(tags.First()) : "",
            LastModified = response.Content.Headers.TryGetValues("Last-Modified", out var dates) ? Kept(dates.First()) : "",
            Robots = response.Headers.TryGetValues("X-Robots-Tag", out var wishes) ? [.. wishes] : [],
        };
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            BytesRead += count;
            if (read.Length + count > most)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    // A validator is sent back as it came, so it must be one line and short.
    private static string Kept(string value) => value.Length <= 200 && value.All(c => c is >= ' ' and < '\u007F') ? value : "";

    // The header's word goes before the page's own (HTML, 13.2.3.2); what is UTF-8 already is not touched, since legacy text hardly ever is by chance.
    private static ReadOnlyMemory<byte> InUtf8(byte[] bytes, string? charset)
    {
        if (charset is null || HtmlEncoding.Named(charset.Trim('"', '\'', ' ').ToLowerInvariant()) is not { } encoding || encoding is UTF8Encoding || bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) || !MediaTypes.Detect(bytes).StartsWith("text/", StringComparison.Ordinal))
        {
            return bytes;
        }

        try
        {
            Strict.GetCharCount(bytes);
            return bytes;
        }
        catch (DecoderFallbackException)
        {
            return (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(encoding.GetString(bytes))];
        }
    }
}
