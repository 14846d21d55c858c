using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rag.Api.Json;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Api.Jobs;

/// <summary>The queue's SQLite file. Not safe for concurrent use; the queue guards it.</summary>
internal sealed class JobDatabase : IDisposable
{
    private const int Version = 1;

    // "RAGJ": tells our files from other SQLite files (PRAGMA application_id).
    private const int ApplicationId = 0x5241474A;

    private const string Schema = """
        CREATE TABLE jobs(
            row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, tenant NOT NULL, caller TEXT NOT NULL, document TEXT NOT NULL,
            key TEXT, state INTEGER NOT NULL, keeps_file INTEGER NOT NULL, job TEXT NOT NULL);
        CREATE INDEX jobs_by_state ON jobs(state, row) WHERE state < 2;
        CREATE INDEX jobs_by_document ON jobs(tenant, document);
        CREATE INDEX jobs_by_key ON jobs(caller, tenant, key) WHERE key IS NOT NULL;
        """;

    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Statement _insert, _write, _next, _list, _byId, _byKey, _byDocument, _running, _waiting, _kept, _forget, _prune;

    static JobDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens the file, creating it where there is none.</summary>
    /// <exception cref="StoreException">It is of another or a newer program.</exception>
    public JobDatabase(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            // FULL: what is acknowledged survives a failure of power. secure_delete: the names of deleted documents are overwritten.
            Execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            Ensure(path);
            _insert = Prepare("INSERT INTO jobs(id, tenant, caller, document, key, state, keeps_file, job) VALUES($0, $1, $2, $3, $4, $5, $6, $7)");
            _write = Prepare("UPDATE jobs SET state = $1, keeps_file = $2, job = $3 WHERE id = $0");
            _next = Prepare("SELECT job FROM jobs q WHERE state = 0 AND NOT EXISTS(SELECT 1 FROM jobs r WHERE r.state = 1 AND r.tenant = q.tenant AND r.document = q.document) ORDER BY row LIMIT 1");
            _list = Prepare("SELECT job FROM jobs WHERE caller = $0 AND tenant = $1 AND ($2 = '' OR row < (SELECT row FROM jobs WHERE id = $2)) ORDER BY row DESC LIMIT $3");
            _byId = Prepare("SELECT job FROM jobs WHERE id = $0");
            _byKey = Prepare("SELECT job FROM jobs WHERE caller = $0 AND tenant = $1 AND key = $2 ORDER BY row");
            _byDocument = Prepare("SELECT job FROM jobs WHERE tenant = $0 AND document = $1 ORDER BY row");
            _running = Prepare("SELECT job FROM jobs WHERE state = 1 ORDER BY row");
            _waiting = Prepare("SELECT count(*) FROM jobs WHERE state = 0");
            _kept = Prepare("SELECT id FROM jobs WHERE keeps_file = 1");
            _forget = Prepare("DELETE FROM jobs WHERE tenant = $0 AND document = $1");
            _prune = Prepare("DELETE FROM jobs WHERE row <= (SELECT max(row) FROM jobs) - $0 AND state > 1 AND keeps_file = 0");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Add(IngestionJob job, string? key) => _insert.Run(job.Id, SqliteText.Value(job.Tenant), job.Caller, job.Document, key, (int)job.State, job.KeepsFile, TextOf(job));

    public void Write(IngestionJob job) => _write.Run(job.Id, (int)job.State, job.KeepsFile, TextOf(job));

    public void Forget(string tenant, string document) => _forget.Run(SqliteText.Value(tenant), SqliteText.Value(document));

    /// <summary>Forgets jobs that ended and keep no file, but for the newest.</summary>
    public void Prune(int remembered) => _prune.Run(remembered);

    /// <summary>The oldest job that waits, of a document that none is running for.</summary>
    public IngestionJob? Next() => Read(_next).FirstOrDefault();

    public IngestionJob? Find(string id) => Read(_byId, id).FirstOrDefault();

    /// <summary>A caller's jobs, newest first.</summary>
    public List<IngestionJob> List(string caller, string tenant, string after, int limit) => Read(_list, caller, SqliteText.Value(tenant), after, limit);

    /// <summary>What a caller uploaded under an idempotency key.</summary>
    public List<IngestionJob> Of(string caller, string tenant, string key) => Read(_byKey, caller, SqliteText.Value(tenant), key);

    public List<IngestionJob> Of(string tenant, string document) => Read(_byDocument, SqliteText.Value(tenant), SqliteText.Value(document));

    public int Waiting() => Convert.ToInt32(_waiting.Scalar(), CultureInfo.InvariantCulture);

    public List<IngestionJob> Running() => Read(_running);

    /// <summary>Ids of the jobs whose files are kept.</summary>
    public HashSet<string> Kept()
    {
        using var rows = _kept.Query();
        var ids = new HashSet<string>();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    /// <summary>Runs a change as one transaction.</summary>
    public T Change<T>(Func<T> change)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = change();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            // unless SQLite has undone it on its own
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            {
                Execute("ROLLBACK");
            }

            throw;
        }
    }

    public void Dispose()
    {
        _statements.ForEach(s => s.Dispose());
        _connection.Dispose();
    }

    private static string TextOf(IngestionJob job) => JsonSerializer.Serialize(job, ApiJson.Standard.IngestionJob);

    private static List<IngestionJob> Read(Statement statement, params ReadOnlySpan<object?> values)
    {
        using var rows = statement.Query(values);
        var jobs = new List<IngestionJob>();
        while (rows.Read())
        {
            jobs.Add(JsonSerializer.Deserialize(rows.GetString(0), ApiJson.Standard.IngestionJob) ?? throw new InvalidDataException("a job is empty"));
        }

        return jobs;
    }

    private void Ensure(string path)
    {
        var (application, version) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        if (application != ApplicationId && Number("SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new StoreException($"'{path}' is a SQLite file of another program, not a queue of jobs; choose another folder for the uploaded files.");
        }

        if (version > Version)
        {
            throw new StoreException($"The queue '{path}' has schema {version}, this program knows up to {Version}; update the program, or choose another folder for the uploaded files.");
        }

        if (version < Version)
        {
            Execute(string.Create(CultureInfo.InvariantCulture, $"BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT"));
        }
    }

    private Statement Prepare(string sql)
    {
        var statement = new Statement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }

    private void Execute(string sql)
    {
        using var statement = new Statement(_connection, sql);
        statement.Run();
    }

    private int Number(string sql)
    {
        using var statement = new Statement(_connection, sql);
        return Convert.ToInt32(statement.Scalar(), CultureInfo.InvariantCulture);
    }
}
