using System.Globalization;
using System.Net;

namespace Rag.Llama.Models;

/// <summary>Downloads one file, going on where it broke off: in this run a few times, and in the next from what is on the disk.</summary>
internal sealed class ModelDownload(CatalogModel model, ModelRequest request, PartialFile part, ModelTransfer transfer)
{
    private const int MaxRequests = 5;

    public async Task RunAsync(Uri url, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        // without tag and hash nobody could tell that the rest belongs to another file
        if (part.Length > model.Bytes || (part.Tag is null && model.Sha256 is null))
        {
            part.Restart();
        }

        Exception? broken = null;
        for (var requests = 0; requests < MaxRequests; requests++)
        {
            if (part.Length == model.Bytes)
            {
                return;
            }

            using var response = await request.SendAsync(url, part.Length, part.Tag, cancellationToken);
            (var done, broken) = await ReceiveAsync(url, response, progress, cancellationToken);
            if (done)
            {
                return;
            }
        }

        throw new ModelDownloadException($"'{model.FileName}' broke off {MaxRequests} times, last after {part.Length} bytes. They stay: go on later.", broken) { IsTransient = true };
    }

    private async Task<(bool Done, Exception? Broken)> ReceiveAsync(Uri url, HttpResponseMessage response, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            if (range?.Length == part.Length)
            {
                return (true, null);
            }

            part.Restart();
            return (false, null);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw Refused(url, response);
        }

        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            if (range?.From != part.Length || (part.Tag is not null && response.Headers.ETag is { } tag && !tag.Equals(part.Tag)))
            {
                part.Restart();
                return (false, null);
            }
        }
        else
        {
            part.Restart();
        }

        var total = response.StatusCode == HttpStatusCode.PartialContent ? range?.Length : response.Content.Headers.ContentLength;
        transfer.Expect(total);
        part.SetTag(response.Headers.ETag);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var broken = await transfer.CopyAsync(body, total, progress, cancellationToken);
        return (broken is null && (total is null || part.Length == total), broken);
    }

    private static ModelDownloadException Refused(Uri url, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var advice = status switch
        {
            401 or 403 => "The publisher wants you to sign in or to accept the licence: download it in a browser, then import the file.",
            404 or 410 => "It is no longer there: choose another model, or import a file.",
            429 when response.Headers.RetryAfter?.Delta is { } delay => string.Create(CultureInfo.InvariantCulture, $"Too many downloads at once: try again in {delay.TotalSeconds:0} seconds."),
            429 => "Too many downloads at once: try again later.",
            >= 500 => "The server has a fault: try again later, or use a mirror.",
            _ => "Look at the address in a browser.",
        };
        return new($"{ModelRequest.Shown(url)} answers {status}. {advice}") { StatusCode = status, IsTransient = status is 429 or >= 500 };
    }
}
