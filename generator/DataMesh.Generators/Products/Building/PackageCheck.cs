using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>What <c>cue vet</c> says of a package: errors of the schema, and examples that are no instances of their definitions.</summary>
internal sealed class PackageCheck(SchemaModel model, ICollection<DiagnosticInfo> diagnostics, CancellationToken cancellation)
{
    private const int MaxDepth = 200;

    private readonly Stack<Vertex> _ancestors = new();
    private readonly HashSet<(Vertex Reference, Vertex Value)> _endless = [];
    private FieldDecl? _example;

    public void Check()
    {
        Vertex root = model.Root;
        if (root.Base is Bottom error)
            Report(root, "", error);
        foreach (Vertex field in root.Arcs)
        {
            _example = ExampleOf(field);
            Check(field, field.Label.ToString(), depth: 0);
            if (_example is null)
                CheckEnds(field, field.Label.ToString());
        }
    }

    /// <summary>
    /// Definitions that need each other: <c>#A: {b: #B}</c>, <c>#B: {a: #A}</c>. Structures that only refer are shared and not
    /// evaluated again, so nothing else goes around such a circle.
    /// </summary>
    private void CheckEnds(Vertex vertex, string path)
    {
        cancellation.ThrowIfCancellationRequested();
        Vertex value = vertex.Resolve();
        if (value.Base is not ContainerValue || _ancestors.Count > MaxDepth || !_endless.Add((vertex, value)))
            return;
        if (_ancestors.Contains(value))
        {
            if (vertex.Shared is not null)
                Report(vertex, path, new Bottom(CueErrorCode.Structural, "structural cycle", [ShapeBuilder.LabelPosition(vertex)]));
            return;
        }
        _ancestors.Push(value);
        foreach (Vertex field in value.Arcs)
            if (field.ArcType == ArcType.Member && !field.Label.IsDefinition)
                CheckEnds(field, path + "." + field.Label);
        _ancestors.Pop();
    }

    private void Check(Vertex vertex, string path, int depth)
    {
        cancellation.ThrowIfCancellationRequested();
        Vertex value = vertex.Resolve();
        // What another definition holds is checked there; an example is an instance of its own.
        if (depth > MaxDepth || (_example is null && vertex.Shared is not null))
            return;
        switch (value.Base)
        {
            case Bottom error when !error.IsIncomplete || _example is not null:
                Report(vertex, path, error);
                return;
            case ContainerValue:
                foreach (Vertex field in value.Arcs)
                    CheckField(field, path + "." + field.Label, depth + 1);
                return;
            case DisjunctionValue { DefaultCount: 1 } disjunction:
                if (disjunction.Values[0] is Vertex chosen)
                    Check(chosen, path, depth + 1);
                return;
            case not Constant when _example is not null:
                Report(vertex, path, new Bottom(CueErrorCode.Incomplete, "incomplete value " + ValueText.Describe(value)));
                return;
        }
    }

    private void CheckField(Vertex field, string path, int depth)
    {
        if (field.ArcType == ArcType.Member)
        {
            // Of an example, data is what has to be complete.
            if (_example is null || field.Label.IsRegular)
                Check(field, path, depth);
        }
        else if (field.ArcType == ArcType.Required && _example is not null)
        {
            Report(field, path, new Bottom(CueErrorCode.Incomplete, "field is required but not present"));
        }
    }

    private void Report(Vertex vertex, string path, Bottom error)
    {
        foreach (Bottom part in error.IsDisjunction ? [error] : error.Flatten())
        {
            string place = part.At?.Path() is { Length: > 0 } at ? at : path;
            DiagnosticInfo diagnostic = _example?.Source is { } example
                ? SchemaErrors.Example(model, example, place, part)
                : SchemaErrors.Of(model, place, part, ShapeBuilder.LabelPosition(vertex));
            if (model.TryReport(diagnostic))
                diagnostics.Add(diagnostic);
        }
    }

    /// <summary>The declaration of a field whose value unifies a definition with something else: an instance, not a part of the schema.</summary>
    private static FieldDecl? ExampleOf(Vertex field)
    {
        if (!field.Label.IsRegular)
            return null;
        var parts = new List<Expr>();
        foreach (Conjunct conjunct in field.Conjuncts)
            Flatten(conjunct.Expr, parts);
        bool hasDefinition = parts.Exists(static part => part is FieldRef { Label.IsDefinition: true } or SelectorExpr { Label.IsDefinition: true });
        return hasDefinition && parts.Exists(static part => part is StructExpr or ListExpr or StringExpr or NumberExpr or BoolExpr or NullExpr)
            ? field.Conjuncts[0].Field
            : null;
    }

    private static void Flatten(Expr expression, List<Expr> parts)
    {
        while (expression is BinaryExpr { Operator: Cue.Syntax.TokenKind.And } both)
        {
            parts.Add(both.Right);
            expression = both.Left;
        }
        parts.Add(expression);
    }
}
