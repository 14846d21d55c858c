using System.Net;
using System.Net.Http.Headers;

namespace Rag.Llama.Models;

/// <summary>Asks for a file or the rest of one, and follows redirects itself, so that each address is checked before it is called.</summary>
internal sealed class ModelRequest(HttpClient http, bool allowHttp)
{
    private const int MaxRedirects = 10;

    /// <summary>The response with its headers read: a refusal, the whole file, or its part from <paramref name="offset"/> on.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri url, long offset, EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        var first = url;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            Check(url);
            var response = await SendOnceAsync(url, offset, tag, cancellationToken);
            Check(response.RequestMessage?.RequestUri ?? url); // a client that follows redirects itself may have gone elsewhere
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            url = Next(url, location);
        }

        throw new ModelDownloadException($"{Shown(first)} leads from one address to the next more than {MaxRedirects} times: look at the address in a browser.");
    }

    /// <summary>Where a redirect leads.</summary>
    public Uri Next(Uri from, Uri location)
    {
        var next = new Uri(from, location);
        return allowHttp || from.Scheme != Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttps
            ? next
            : throw new ModelDownloadException($"{Shown(from)} leads to {Shown(next)}, which is not encrypted: allow http only on a network you trust.");
    }

    /// <summary>An address without its query, where signatures stand.</summary>
    public static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private void Check(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && (allowHttp || url.IsLoopback)))
        {
            throw new ModelDownloadException($"{Shown(url)} is not https: allow http only on a network you trust.");
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri url, long offset, EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (offset > 0)
        {
            request.Headers.Range = new(offset, null);
            request.Headers.IfRange = tag is null ? null : new(tag);
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ModelDownloadException($"{Shown(url)} cannot be reached: {exception.Message.TrimEnd('.')}. Try again later, or use a mirror or a file from elsewhere.", exception) { IsTransient = true };
        }
    }
}
