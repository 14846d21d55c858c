using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading;
using Rag.Storage;

namespace Rag.Ingest.Sources.Web;

/// <summary>One crawl: from the first page on, breadth first, one request at a time. Not safe for concurrent use.</summary>
internal sealed class WebCrawl
{
    private readonly WebSource _source;
    private readonly SyncContext _sync;
    private readonly TimeProvider _time;
    private readonly WebClient _client;
    private readonly CrawlRules _rules;
    private readonly CrawlFrontier _frontier;
    private readonly CrawlLabels _labels;
    private readonly StoredDocuments _stored;
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly CrawlSitemaps _sitemaps;
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<(Visit Visit, StoredDocument Known)> _rested = []; // pages that were not sent again
    private readonly long _started;
    private string? _end; // why it ended early
    private bool _failed;

    public WebCrawl(WebSource source, SyncContext sync, HttpMessageInvoker http, TimeProvider time)
    {
        (_source, _sync, _time, _started) = (source, sync, time, time.GetTimestamp());
        _client = new(http, source.Limits, time);
        _rules = new(source, _client, time);
        _frontier = new(source.Limits);
        _labels = new(string.Create(CultureInfo.InvariantCulture, $"{source.Start.AbsoluteUri} {source.Limits.MaxDepth}{string.Concat(source.Hosts.Order(StringComparer.Ordinal).Select(host => $" {host}"))}"));
        _sitemaps = new(source, _client, _rules, _frontier);
        _stored = new(sync.Stored);
    }

    /// <summary>Goes through the site, and at the end tells what is gone.</summary>
    public async IAsyncEnumerable<SourceItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _frontier.Add(new(_source.Start, 0));
        await _sitemaps.BeginAsync(cancellationToken);
        while (Next() is { } visit)
        {
            if (await VisitAsync(visit, cancellationToken) is { } item)
            {
                yield return item with { More = _frontier.Count + _rested.Count };
            }

            await foreach (var failure in _sitemaps.ReadAsync(cancellationToken))
            {
                _failed = true;
                yield return failure;
            }
        }

        foreach (var (_, known) in _rested)
        {
            yield return new SourceItem.Unchanged(known);
        }

        _end ??= _frontier.IsFull ? string.Create(CultureInfo.InvariantCulture, $"The crawl ended at {_source.Limits.MaxPages:N0} pages, and there are more. Raise the number (--max-pages).") : null;
        if (_end is not null)
        {
            yield return new SourceItem.Noted(_source.Start.AbsoluteUri, $"{_end} Nothing was deleted.");
        }
        else if (!_failed)
        {
            foreach (var document in Unreached())
            {
                yield return new SourceItem.Gone(document);
            }
        }
    }

    // Where no page leads to a stored one any more, those that were not sent again may: their links are looked at before anything is gone.
    private Visit? Next()
    {
        if (_frontier.Count == 0 && !_failed && _sync.Options.DeleteMissing && !_frontier.IsFull && _rested.Count > 0 && Unreached().Any())
        {
            _rested.ForEach(page => _frontier.Again(page.Visit));
            _rested.Clear();
        }

        if (_frontier.Count > 0 && _end is null)
        {
            _end = _time.GetElapsedTime(_started) > _source.Limits.TotalTime ? $"The crawl ended after {_source.Limits.TotalTime}, and there are more pages. Run it again with more time, or begin further down."
                : _client.BytesRead >= _source.Limits.MaxTotalBytes ? string.Create(CultureInfo.InvariantCulture, $"The crawl ended at {_source.Limits.MaxTotalBytes:N0} bytes, and there are more pages. Begin further down.")
                : null;
        }

        return _end is null ? _frontier.Next() : null;
    }

    private IEnumerable<StoredDocument> Unreached() => _sync.Stored.Where(document => _labels.IsOurs(document) && !_kept.Contains(document.Id.Split('#')[0])); // an entry is there as long as its container is

    private async Task<SourceItem?> VisitAsync(Visit visit, CancellationToken cancellationToken)
    {
        if (visit.IsConditional && _done.Contains(visit.Address.AbsoluteUri))
        {
            return null; // a redirect led to it before
        }

        await _rules.WaitAsync(visit.Address, cancellationToken);
        var answer = await _client.GetAsync(visit.Address, _rules.RefusalAsync, address => visit.IsConditional ? Validators(address, visit.Depth) : ("", ""), cancellationToken);
        switch (answer)
        {
            case WebAnswer.Page page:
                return _done.Add(page.Address.AbsoluteUri) || !visit.IsConditional ? TakePage(page, visit, cancellationToken) : null;
            case WebAnswer.Unchanged { Address: var address } when _stored.Find(address.AbsoluteUri) is { } known:
                if (_done.Add(known.Id))
                {
                    _kept.Add(known.Id);
                    _rested.Add((visit, known));
                    AddLinks(CrawlLabels.Found(known), visit.Depth + 1);
                }

                return null;
            case WebAnswer.Status { Code: 404 or 410 } when !IsStart(visit):
                return null; // a broken link is not ours to mend
            case WebAnswer.Status { Code: 429 }:
                _end = $"The crawl ended at {visit.Address}, which asked for fewer requests (429). Run it again later.";
                return null;
            case WebAnswer.Status { Code: var code }:
                return Failed(visit, string.Create(CultureInfo.InvariantCulture, $"{visit.Address} answered {code}. Check the address, or try again later."));
            case WebAnswer.Elsewhere { Reason: var reason }:
                return IsStart(visit) ? Failed(visit, reason) : null;
            case WebAnswer.Failed { Reason: var reason }:
                return Failed(visit, reason);
            default:
                return Failed(visit, $"{visit.Address} answered that it has not changed, though it was not asked that. Try again later.");
        }
    }

    private SourceItem? TakePage(WebAnswer.Page page, Visit visit, CancellationToken cancellationToken)
    {
        var id = page.Address.AbsoluteUri;
        if (IsStart(visit) && _sitemaps.Take(page, out var error))
        {
            return error is null ? null : Failed(visit, error);
        }

        PageView view;
        try
        {
            view = PageView.Of(page.Bytes, page.Address, page.Robots, cancellationToken);
        }
        catch (DocumentFormatException e)
        {
            return Failed(visit, e.Message);
        }

        var found = AddLinks(view.Links, visit.Depth + 1);
        if (view.Canonical is { } proper && proper != page.Address && !visit.IsCanonical && _rules.IsInside(proper) && IsTakenInstead(proper, visit.Depth))
        {
            return null;
        }

        if (!view.IsListed)
        {
            return IsStart(visit) ? new SourceItem.Noted(id, "The page asks not to be indexed (noindex), so only what it leads to was taken.") : null;
        }

        _kept.Add(id);
        return new SourceItem.Found(id, id, (limits, _) => page.Bytes.Length <= limits.MaxBytes
            ? Task.FromResult<ReadOnlyMemory<byte>?>(page.Bytes)
            : throw new DocumentFormatException(id, string.Create(CultureInfo.InvariantCulture, $"it has {page.Bytes.Length:N0} bytes, more than the {limits.MaxBytes:N0} of ReaderLimits.MaxBytes. Raise the limit.")))
        {
            IsNamed = IsStart(visit),
            Length = page.Bytes.Length,
            Tags = _labels.Of(page, visit.Depth, found),
        };
    }

    // Not where two pages each name the other.
    private bool IsTakenInstead(Uri proper, int depth) =>
        _frontier.Add(new(proper, depth, IsCanonical: true)) || _kept.Contains(proper.AbsoluteUri) || !_done.Contains(proper.AbsoluteUri);

    private bool IsStart(Visit visit) => visit.Address == _source.Start;

    private SourceItem.Failed Failed(Visit visit, string error)
    {
        _failed = true;
        return new(visit.Address.AbsoluteUri, error);
    }

    private List<Uri> AddLinks(IEnumerable<Uri> links, int depth) => [.. links.Where(link => _rules.IsInside(link) && _frontier.Add(new(link, depth)))];

    private (string ETag, string LastModified) Validators(Uri address, int depth) => _stored.Find(address.AbsoluteUri) is { } known && _sync.IsCurrent(known) ? _labels.Validators(known, depth) : ("", "");
}
