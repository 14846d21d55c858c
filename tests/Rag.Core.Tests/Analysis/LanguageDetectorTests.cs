using Rag.Analysis;

namespace Rag.Core.Tests.Analysis;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("en", "The context is a session with the database, and it can be used to query and save instances of your entities.")]
    [InlineData("de", "Der Kontext ist eine Sitzung mit der Datenbank und kann verwendet werden, um Instanzen zu speichern.")]
    [InlineData("es", "El contexto es una sesión con la base de datos que se puede usar para consultar y guardar las entidades.")]
    [InlineData("fr", "Le contexte est une session avec la base de données, qui peut être utilisée pour interroger les entités.")]
    [InlineData("it", "Il contesto è una sessione con il database che può essere usata per interrogare e salvare le istanze delle entità.")]
    [InlineData("pt", "O contexto é uma sessão com o banco de dados e pode ser usado para consultar e salvar as instâncias das suas entidades.")]
    [InlineData("nl", "De context is een sessie met de database en kan worden gebruikt om de entiteiten op te vragen en te bewaren.")]
    [InlineData("ru", "Контекст это сеанс работы с базой данных, который можно использовать для того, чтобы сохранить его объекты.")]
    [InlineData("sv", "Kontexten är en session med databasen och kan användas för att fråga efter och spara instanser av dina entiteter.")]
    [InlineData("ja", "コンテキストはデータベースとのセッションです。")]
    [InlineData("zh", "上下文是与数据库的会话，可用于查询和保存实体的实例。")]
    [InlineData("ko", "컨텍스트는 데이터베이스와의 세션입니다.")]
    [InlineData(null, "DbContext OnModelCreating SaveChanges 42")]
    [InlineData(null, "")]
    public void Detect_names_the_language_or_says_nothing(string? expected, string text) => Assert.Equal(expected, LanguageDetector.Detect(text));
}
