using System.Text.RegularExpressions;

namespace DataMesh.Differential;

/// <summary>
/// Differences that stay, each with its reason. The file has paragraphs: the reason as <c># ...</c> lines, then the shrunk
/// package. One is found again by its shape: names and literals are numbered in the order in which they appear.
/// </summary>
internal sealed partial class KnownDifferences
{
    private readonly HashSet<string> _shapes;

    private KnownDifferences(IEnumerable<string> packages) => _shapes = [.. packages.Select(Shape)];

    public static KnownDifferences Load(string file)
    {
        IEnumerable<string> paragraphs = File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(paragraphs.Select(paragraph => string.Join('\n', paragraph.Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal)))));
    }

    public bool Has(string package) => _shapes.Contains(Shape(package));

    /// <summary>The package with names, numbers and strings replaced by their order of appearance.</summary>
    public static string Shape(string package)
    {
        Dictionary<string, string> names = [];
        string Number(Match match)
        {
            string text = match.Value;
            if (!names.TryGetValue(text, out string? name))
            {
                char sort = text[0] switch { '"' => 's', '#' => '#', '_' => '_', >= '0' and <= '9' => '0', _ => 'n' };
                names.Add(text, name = $"{sort}{names.Count}");
            }

            return name;
        }

        return Whitespace().Replace(Token().Replace(package, Number), " ").Trim();
    }

    [GeneratedRegex("\"[a-zA-Z]*\"|\\b[0-9][0-9.]*\\b|(?<![\\w.#])(_h|#[ABC]|[a-d]|[kvxL][0-9]+)(?!\\w|\\()", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("\\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();
}
