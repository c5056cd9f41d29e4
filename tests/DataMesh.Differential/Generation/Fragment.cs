using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace DataMesh.Differential.Generation;

/// <summary>What a piece of generated source stands for, which says what may take its place.</summary>
internal enum Sort
{
    /// <summary>An expression: any of the expressions in it may take its place.</summary>
    Expression,

    /// <summary>A declaration, a clause, an element: one member of a sequence.</summary>
    Member,

    /// <summary>A sequence: any member may be left out.</summary>
    Sequence,
}

/// <summary>
/// A piece of generated source as a tree, so that what differs can be shrunk without knowing the grammar again:
/// texts with parts between them.
/// </summary>
internal sealed class Fragment
{
    private readonly ImmutableArray<string> _texts;

    private Fragment(Sort sort, ImmutableArray<string> texts, ImmutableArray<Fragment> parts)
    {
        Sort = sort;
        _texts = texts;
        Parts = parts;
    }

    public Sort Sort { get; }

    public ImmutableArray<Fragment> Parts { get; }

    public static Fragment Expression(Template template) => template.Build(Sort.Expression);

    public static Fragment Member(Template template) => template.Build(Sort.Member);

    public static Fragment Sequence(string separator, IEnumerable<Fragment> members)
    {
        ImmutableArray<Fragment> parts = [.. members];
        return new(Sort.Sequence, Separate(separator, parts.Length), parts);
    }

    public Fragment WithPart(int index, Fragment part) => new(Sort, _texts, Parts.SetItem(index, part));

    /// <summary>A sequence without some of its members.</summary>
    public Fragment Without(int start, int count) =>
        new(Sort, Separate(_texts.Length > 2 ? _texts[1] : "", Parts.Length - count), Parts.RemoveRange(start, count));

    /// <summary>The outermost expressions inside this one.</summary>
    public IEnumerable<Fragment> InnerExpressions() =>
        Parts.SelectMany(part => part.Sort == Sort.Expression ? [part] : part.InnerExpressions());

    public override string ToString()
    {
        StringBuilder text = new();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        for (int i = 0; i < Parts.Length; i++)
        {
            text.Append(_texts[i]);
            Parts[i].Write(text);
        }

        text.Append(_texts[^1]);
    }

    private static ImmutableArray<string> Separate(string separator, int count) =>
        count == 0 ? [""] : ["", .. Enumerable.Repeat(separator, count - 1), ""];

    /// <summary>Lets a fragment be written as the source that it is: <c>$"{left} &amp; {right}"</c>.</summary>
    [InterpolatedStringHandler]
    internal ref struct Template
    {
        private readonly ImmutableArray<string>.Builder _texts = ImmutableArray.CreateBuilder<string>();
        private readonly ImmutableArray<Fragment>.Builder _parts = ImmutableArray.CreateBuilder<Fragment>();
        private string _pending = "";

        public Template(int literalLength, int formattedCount)
        {
            _ = literalLength;
            _parts.Capacity = formattedCount;
        }

        public static implicit operator Template(string text)
        {
            Template template = new(text.Length, 0);
            template.AppendLiteral(text);
            return template;
        }

        public void AppendLiteral(string text) => _pending += text;

        public void AppendFormatted(string text) => _pending += text;

        public void AppendFormatted(Fragment part)
        {
            _texts.Add(_pending);
            _parts.Add(part);
            _pending = "";
        }

        public readonly Fragment Build(Sort sort)
        {
            _texts.Add(_pending);
            return new(sort, _texts.ToImmutable(), _parts.ToImmutable());
        }
    }
}
