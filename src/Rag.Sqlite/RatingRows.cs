using Microsoft.Data.Sqlite;
using Rag.Ratings;

namespace Rag.Sqlite;

/// <summary>Ratings as rows, over the one writing connection. Not safe for concurrent use.</summary>
internal sealed class RatingRows(SqliteConnection connection) : IDisposable
{
    private const string OfDocument = "SELECT rating FROM rated_documents WHERE tenant = $0 AND document = $1";

    private readonly Statement _add = new(connection, "INSERT INTO ratings(tenant, id, at, verdict, person, facts, texts) VALUES($0, $1, $2, $3, $4, $5, $6) RETURNING row");
    private readonly Statement _link = new(connection, "INSERT OR IGNORE INTO rated_documents VALUES($0, $1, $2)");
    private readonly Statement _find = new(connection, "SELECT row FROM ratings WHERE tenant = $0 AND id = $1");
    private readonly Statement _delete = new(connection, "DELETE FROM ratings WHERE row = $0");
    private readonly Statement _unlink = new(connection, "DELETE FROM rated_documents WHERE rating = $0");
    private readonly Statement _forget = new(connection, $"UPDATE ratings SET texts = NULL WHERE texts IS NOT NULL AND row IN ({OfDocument})");
    private readonly Statement _forgetOne = new(connection, "UPDATE ratings SET texts = NULL WHERE row = $0");
    private readonly Statement _restingOn = new(connection, $"SELECT row, tenant, id, at, verdict, person, facts, texts FROM ratings WHERE texts IS NOT NULL AND row IN ({OfDocument})");

    private readonly Statement _list = new(connection, """
        SELECT row, tenant, id, at, verdict, person, facts, texts FROM ratings
        WHERE tenant = $0 AND row > $1 AND ($2 IS NULL OR verdict = $2) AND ($3 IS NULL OR at >= $3) AND ($4 IS NULL OR at < $4) ORDER BY row LIMIT $5
        """);

    public void Add(Rating rating)
    {
        Delete(rating.Id, rating.Tenant);
        var row = _add.Scalar(
            SqliteText.Value(rating.Tenant), SqliteText.Value(rating.Id), rating.At.UtcTicks, (int)rating.Verdict, SqliteText.Value(rating.By), RatingJson.Facts(rating), RatingJson.Texts(rating));
        foreach (var document in rating.Documents)
        {
            _link.Run(SqliteText.Value(rating.Tenant), SqliteText.Value(document), row);
        }
    }

    public bool Delete(string id, string tenant)
    {
        if (_find.Scalar(SqliteText.Value(tenant), SqliteText.Value(id)) is not { } row)
        {
            return false;
        }

        _unlink.Run(row);
        return _delete.Run(row) > 0;
    }

    /// <summary>Removes the texts of all ratings that rest on a document.</summary>
    public int Forget(string documentId, string tenant) => _forget.Run(SqliteText.Value(tenant), SqliteText.Value(documentId));

    /// <summary>Removes the texts of those ratings that rest on a passage which the new version of a document no longer holds.</summary>
    public void ForgetChanged(Document document)
    {
        List<long> changed = [];
        using (var rows = _restingOn.Query(SqliteText.Value(document.Tenant), SqliteText.Value(document.Id)))
        {
            while (rows.Read())
            {
                if (Read(rows).Answer.Passages.Any(p => p.Chunk.DocumentId == document.Id && !document.Text.Contains(p.Chunk.Text, StringComparison.Ordinal)))
                {
                    changed.Add(rows.GetInt64(0));
                }
            }
        }

        changed.ForEach(row => _forgetOne.Run(row));
    }

    /// <summary>Up to <paramref name="limit"/> ratings behind a row, each with its row.</summary>
    public IReadOnlyList<(long Row, Rating Rating)> List(RatingFilter filter, long after, int limit)
    {
        List<(long, Rating)> found = [];
        using var rows = _list.Query(SqliteText.Value(filter.Tenant), after, (int?)filter.Verdict, filter.From?.UtcTicks, filter.Until?.UtcTicks, limit);
        while (rows.Read())
        {
            found.Add((rows.GetInt64(0), Read(rows)));
        }

        return found;
    }

    public void Dispose() => Array.ForEach([_add, _link, _find, _delete, _unlink, _forget, _forgetOne, _restingOn, _list], s => s.Dispose());

    private static Rating Read(SqliteDataReader row) =>
        RatingJson.Read(SqliteText.Read(row, 2), (Verdict)row.GetInt32(4), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)) with
        {
            Tenant = SqliteText.Read(row, 1),
            At = new(row.GetInt64(3), TimeSpan.Zero),
            By = SqliteText.Read(row, 5),
        };
}
